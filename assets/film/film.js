"use strict";
const film = JSON.parse(document.getElementById("film").textContent);
const by = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const last = film.frames.length - 1;
const USUAL = 700, LONG = 1500, FADE = 300, MOST = 8;
let at = -1, timer = 0;

function picture(frame) {
  const lines = [];
  for (let run = 0; run < frame.runs.length; run += 2) {
    for (let line = frame.runs[run]; line < frame.runs[run] + frame.runs[run + 1]; line += 1) {
      const text = film.lines[line];
      lines.push(typeof text === "string" ? text : text[dark.matches ? 1 : 0]);
    }
  }
  return lines.join("\n");
}

function draw(frame) {
  const stage = by("stage");
  const shot = document.createElement("div");
  shot.className = "shot";
  shot.innerHTML = picture(frame);
  const svg = shot.querySelector("svg");
  svg.setAttribute("aria-label", frame.words);
  const before = [...stage.children];
  const clear = () => before.forEach((old) => old.remove());
  if (calm.matches || before.length === 0) {
    clear();
    stage.append(shot);
    return;
  }
  // What stays the same does not move: only what differs is seen to fade.
  before.slice(0, -1).forEach((old) => old.remove());
  shot.classList.add("coming");
  stage.append(shot);
  shot.getBoundingClientRect();
  shot.classList.remove("coming");
  setTimeout(clear, FADE);
}

function listed(words, sign, look) {
  const more = words.length > MOST ? [`and ${words.length - MOST} more`] : [];
  return words.slice(0, MOST).concat(more).map((text) => {
    const item = document.createElement("li");
    item.className = look;
    item.textContent = `${sign} ${text}`;
    return item;
  });
}

function show(wanted) {
  const next = Math.min(Math.max(wanted, 0), last);
  if (next === at) return;
  at = next;
  const frame = film.frames[at];
  draw(frame);
  for (const name of ["date", "commit", "subject", "counted", "sized"]) by(name).textContent = frame[name];
  by("number").textContent = `${at + 1} of ${last + 1}`;
  by("counted").className = frame.broken ? "broken" : "clean";
  const change = [];
  if (frame.came.length) change.push(`+${frame.came.length} new`);
  if (frame.went.length) change.push(`−${frame.went.length} fixed`);
  by("change").textContent = change.join(", ");
  by("changes").replaceChildren(...listed(frame.came, "+", "broken"), ...listed(frame.went, "✓", "clean"));
  by("at").value = at;
  by("at").setAttribute("aria-valuetext", frame.words);
  by("mark").style.left = `${((at + 0.5) / (last + 1)) * 100}%`;
}

function pause() {
  clearTimeout(timer);
  timer = 0;
  by("play").textContent = "Play";
}

function tick() {
  if (at >= last) return pause();
  show(at + 1);
  const frame = film.frames[at];
  const pace = frame.came.length + frame.went.length ? LONG : USUAL;
  timer = setTimeout(tick, pace / Number(by("speed").value));
}

function play() {
  if (timer) return pause();
  by("play").textContent = "Pause";
  if (at >= last) show(0);
  timer = setTimeout(tick, USUAL / Number(by("speed").value));
}

function change(step) {
  let to = at + step;
  while (to > 0 && to < last && film.frames[to].came.length + film.frames[to].went.length === 0) to += step;
  return to;
}

by("play").addEventListener("click", play);
by("at").addEventListener("input", () => { pause(); show(Number(by("at").value)); });
dark.addEventListener("change", () => { const now = at; at = -1; show(now); });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") return;
  // The button does what it says by itself.
  if (event.key === " " && event.target.tagName === "BUTTON") return;
  const to = {
    ArrowLeft: () => at - 1, ArrowRight: () => at + 1, Home: () => 0, End: () => last,
    n: () => change(1), p: () => change(-1),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (event.key === " ") play();
  else if (to) { pause(); show(to()); }
  else return;
  event.preventDefault();
});
show(0);
