/** The drawings: readable by eye at phone width, readable by ear, safe to show, and in step with their PNGs. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderDiagram } from "../../scripts/diagrams.ts";

const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");
const FOLDER = join(KNOWLEDGE, "diagrams");
const IDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".svg"))
  .map((name) => name.slice(0, -".svg".length));

const read = (id: string) => readFileSync(join(FOLDER, `${id}.svg`), "utf8");
const style = (svg: string) => /<style>([^<]*)<\/style>/.exec(svg)?.[1] ?? "";
const words = (text: string) => text.trim().split(/\s+/).length;

/** The fill of a class in the drawing's style sheet. */
const fill = (css: string, name: string) =>
  new RegExp(`^\\s*\\.?${name} \\{[^}]*fill: (#[0-9a-f]{6})`, "m").exec(css)?.[1] ?? "";

/** Relative luminance by WCAG. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("every drawing is on a page, and every figure on a page has its drawing and its PNG", () => {
  const figures = readdirSync(KNOWLEDGE, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .flatMap((name) => [
      ...readFileSync(join(KNOWLEDGE, name), "utf8").matchAll(/!\[[^\]]+\]\([./]*diagrams\/([^)]+)\)/g),
    ])
    .map((match) => match[1] ?? "");
  expect([...new Set(figures)].sort()).toEqual(IDS.map((id) => `${id}.svg`).sort());
  expect(readdirSync(FOLDER).sort()).toEqual(IDS.flatMap((id) => [`${id}.png`, `${id}.svg`]).sort());
});

test("all drawings share one visual language", () => {
  expect(new Set(IDS.map((id) => style(read(id)))).size).toBe(1);
  expect(new Set(IDS.map((id) => /<defs>.*?<\/defs>/s.exec(read(id))?.[0])).size).toBe(1);
});

test("text contrasts with every ground it can stand on", () => {
  const css = style(read("saga"));
  for (const ground of ["card", "group", "grey", "amber", "violet", "green", "blue", "red"])
    for (const ink of ["text", "s"])
      expect(contrast(fill(css, ink), fill(css, ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  expect(contrast(fill(css, "n"), fill(css, "dot"))).toBeGreaterThanOrEqual(4.5);
});

describe.each(IDS)("%s", (id) => {
  const svg = read(id);

  test("has a role, a title and a description that stands in for the picture", () => {
    expect(svg).toMatch(/<svg [^>]*\brole="img"/);
    expect(svg).toContain(`aria-labelledby="${id}-title ${id}-desc"`);
    expect(words(/<title [^>]*>([^<]+)<\/title>/.exec(svg)?.[1] ?? "")).toBeLessThanOrEqual(8);
    const desc = /<desc [^>]*>([^<]+)<\/desc>/.exec(svg)?.[1] ?? "";
    expect(words(desc)).toBeGreaterThanOrEqual(40);
    expect(words(desc)).toBeLessThanOrEqual(150);
    expect(desc).not.toMatch(/["<>&\n]/);
  });

  test("fits a phone", () => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    expect(Number(width)).toBe(720);
    expect(Number(height)).toBeLessThanOrEqual(900);
    const sizes = [...svg.matchAll(/font-size(?::\s*|=")([\d.]+)/g)].map((match) => Number(match[1]));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(20);
    expect(svg).not.toMatch(/\stransform=/);
  });

  test("loads nothing and runs nothing", () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|\/\/|data:|@import|<!|<\?|<(?:script|image|use|foreignObject|a|animate)\b|\bon\w+=|href/i,
    );
    for (const [, target] of svg.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^#arrow(?:-back)?$/);
  });

  test("has a small PNG that equals a fresh one byte for byte", () => {
    const png = readFileSync(join(FOLDER, `${id}.png`));
    expect(png.length).toBeLessThan(120 * 1024);
    expect(Buffer.from(renderDiagram(svg)).equals(png)).toBe(true);
  });
});
