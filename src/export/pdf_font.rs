//! A font in a PDF: the letters that a page uses, and what they mean when somebody copies or searches them.
//!
//! In: the bundled font's data, letters as they are used.  Out: the objects of the font.  Not here: where letters stand.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use resvg::usvg::fontdb;
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId, RawFace, Tag, name_id};

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Letters are named by their number.
const BY_NUMBER: Name<'static> = Name(b"Identity-H");

pub(super) struct Font {
    pub(super) id: fontdb::ID,
    pub(super) units_per_em: f32,
    data: Vec<u8>,
    index: u32,
    /// From the font's numbers to those of the letters that come along.
    letters: GlyphRemapper,
    /// By the font's number, what is read there.
    meanings: BTreeMap<u16, String>,
}

impl Font {
    /// The font, its letters, its measures, its meanings, its data.
    pub(super) const OBJECTS: usize = 5;

    /// `None` for what is no font.
    pub(super) fn read(id: fontdb::ID, data: &[u8], index: u32) -> Option<Self> {
        let units_per_em = f32::from(Face::parse(data, index).ok()?.units_per_em());
        let (letters, meanings) = (GlyphRemapper::new(), BTreeMap::new());
        Some(Self { id, units_per_em, data: data.to_vec(), index, letters, meanings })
    }

    /// The number of a letter on the page.
    pub(super) fn letter(&mut self, glyph: u16, text: &str) -> u16 {
        self.meanings.entry(glyph).or_insert_with(|| text.to_owned());
        self.letters.remap(glyph)
    }

    /// Writes its objects; `number` tells it from the other fonts of the document.
    pub(super) fn write(&self, number: usize, objects: &[Ref; Self::OBJECTS], pdf: &mut Pdf) -> Result<(), String> {
        let [whole, letters, measures, meanings, file] = *objects;
        let face = Face::parse(&self.data, self.index).map_err(|error| error.to_string())?;
        let subset = subsetter::subset(&self.data, self.index, &self.letters).map_err(|error| error.to_string())?;
        let raw = RawFace::parse(&subset, 0).map_err(|error| error.to_string())?;
        let cff = raw.table(Tag::from_bytes(b"CFF "));
        let name = name(&face, number);

        let full_name = if cff.is_some() { format!("{name}-Identity-H") } else { name.clone() };
        pdf.type0_font(whole)
            .base_font(Name(full_name.as_bytes()))
            .encoding_predefined(BY_NUMBER)
            .descendant_font(letters)
            .to_unicode(meanings);

        let per_mille = |units: f32| units / self.units_per_em * 1000.0;
        let mut cid = pdf.cid_font(letters);
        cid.subtype(if cff.is_some() { CidFontType::Type0 } else { CidFontType::Type2 });
        cid.base_font(Name(name.as_bytes())).system_info(SYSTEM).font_descriptor(measures).default_width(0.0);
        if cff.is_none() {
            cid.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let width = |glyph: u16| per_mille(f32::from(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)));
        cid.widths().consecutive(0, self.letters.remapped_gids().map(width));
        cid.finish();

        let area = face.global_bounding_box();
        let [left, low, right, high] =
            [area.x_min, area.y_min, area.x_max, area.y_max].map(|units| per_mille(f32::from(units)));
        let mut flags = FontFlags::SYMBOLIC;
        flags.set(FontFlags::FIXED_PITCH, face.is_monospaced());
        let mut descriptor = pdf.font_descriptor(measures);
        descriptor.name(Name(name.as_bytes())).flags(flags).bbox(Rect::new(left, low, right, high));
        descriptor.italic_angle(0.0).ascent(per_mille(f32::from(face.ascender())));
        descriptor.descent(per_mille(f32::from(face.descender())));
        descriptor.cap_height(per_mille(f32::from(face.capital_height().unwrap_or(face.ascender()))));
        // Nobody measures it; as thick as letters of this weight are.
        descriptor.stem_v(10.0 + 0.25 * (f32::from(face.weight().to_number()) - 50.0));
        if cff.is_some() {
            descriptor.font_file3(file)
        } else {
            descriptor.font_file2(file)
        };
        descriptor.finish();

        let mut read_as = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (glyph, text) in self.meanings.iter().filter(|(_, text)| !text.is_empty()) {
            if let Some(letter) = self.letters.get(*glyph) {
                read_as.pair_with_multiple(letter, text.chars());
            }
        }
        pdf.cmap(meanings, &read_as.finish());

        let data = deflated(cff.unwrap_or(&subset));
        let mut stream = pdf.stream(file, &data);
        stream.filter(Filter::FlateDecode);
        if cff.is_some() {
            stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        }
        Ok(())
    }
}

/// As streams of a PDF are.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}

/// With a mark that says that it is a part of the font.
fn name(face: &Face<'_>, number: usize) -> String {
    let own = face.names().into_iter().find(|name| name.name_id == name_id::POST_SCRIPT_NAME && name.is_unicode());
    let own = own.and_then(|name| name.to_string()).unwrap_or_else(|| "Font".to_owned());
    let mark = char::from(b'A' + (number % 26) as u8);
    format!("RIPRA{mark}+{own}")
}
