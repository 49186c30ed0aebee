use sound::source::VALUE;

pub fn first() -> u32 {
    VALUE
}

pub fn second( -> u32 {
    sound::user::read(

pub struct Third {
    value: u32,
