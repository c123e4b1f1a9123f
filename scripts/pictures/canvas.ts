/** A phone's column to write on: words that wrap, tables, buttons; drawn as SVG. */
import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";

const WIDTH = 390;
const LEFT = 62;
const RIGHT = WIDTH - 14;
/** A letter of DejaVu Sans Mono and the first of a table's columns, as shares. */
const MONO = 0.602;
const FIRST = 0.26;
const require = createRequire(import.meta.url);
const font = {
  loadSystemFonts: false,
  fontFiles: ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"].map((name) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
  ),
  defaultFontFamily: "DejaVu Sans",
};

export interface Run {
  readonly text: string;
  readonly style?: "bold" | "code" | "link" | "small";
}

export interface Look {
  readonly paper: string;
  readonly ink: string;
  readonly pale: string;
  readonly link: string;
  readonly code: string;
  readonly line: string;
}

const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One word as SVG draws it, and how wide that is. */
function word(
  text: string,
  style: Run["style"],
  size: number,
): { readonly attributes: string; readonly width: number } {
  const px = style === "small" ? size - 2 : style === "code" ? size - 1 : size;
  if (style === "code")
    return { attributes: `font-family="DejaVu Sans Mono" font-size="${px}"`, width: text.length * px * MONO };
  const attributes = `font-size="${px}"${style === "bold" ? ' font-weight="bold"' : ""}`;
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40"><text y="20" ${attributes}>${xml(text)}</text></svg>`;
  return { attributes, width: new Resvg(drawn, { font }).getBBox()?.width ?? 0 };
}

/** Grows downwards with everything that is put on it. */
export function canvas(look: Look, name: string, initial: string) {
  const parts: string[] = [];
  let y = 30;
  const colour = (style: Run["style"]) => (style === "link" ? look.link : style === "small" ? look.pale : look.ink);

  const ground = (x: number, width: number, line: number, size: number) =>
    parts.push(
      `<rect x="${x - 2}" y="${line - size}" width="${width + 4}" height="${size * 1.35}" rx="2" fill="${look.code}"/>`,
    );

  /** Words from `from` to `to` below `top`; returns where the next line would begin. */
  function write(runs: readonly Run[], from: number, to: number, top: number, size = 13): number {
    let x = from;
    let line = top + size;
    for (const { text, style } of runs)
      for (const piece of text.split(/(\s+)/)) {
        if (!piece) continue;
        if (!piece.trim()) {
          // The ground under code goes on between its words.
          if (style === "code") ground(x, size * 0.4, line, size);
          x += size * (style === "code" ? 0.4 : 0.32);
          continue;
        }
        const { attributes, width } = word(piece, style, size);
        if (x + width > to && x > from) {
          x = from;
          line += size * 1.45;
        }
        if (style === "code") ground(x, width, line, size);
        parts.push(`<text x="${x}" y="${line}" ${attributes} fill="${colour(style)}">${xml(piece)}</text>`);
        x += width + 1;
      }
    return line + size * 0.5;
  }

  parts.push(
    `<rect x="14" y="16" width="36" height="36" rx="8" fill="${look.link}"/>`,
    `<text x="32" y="40" text-anchor="middle" font-size="17" font-weight="bold" fill="${look.paper}">${initial}</text>`,
  );
  y =
    write(
      [
        { text: name, style: "bold" },
        { text: " APP", style: "small" },
      ],
      LEFT,
      RIGHT,
      16,
    ) + 4;

  return {
    prose(runs: readonly Run[], bullet = "") {
      if (bullet) write([{ text: bullet }], LEFT, RIGHT, y);
      y = write(runs, bullet ? LEFT + 18 : LEFT, RIGHT, y) + 4;
    },
    gap(height = 6) {
      y += height;
    },
    table(rows: readonly (readonly (readonly Run[])[])[]) {
      const top = y;
      const columns = rows[0]?.length ?? 1;
      const first = columns > 1 ? FIRST : 1;
      const edge = (i: number) =>
        LEFT + (RIGHT - LEFT) * (i === 0 ? 0 : first + ((i - 1) * (1 - first)) / Math.max(1, columns - 1));
      const rule = () => parts.push(`<path d="M${LEFT} ${y}H${RIGHT}" stroke="${look.line}"/>`);
      rule();
      for (const cells of rows) {
        const from = y + 5;
        y = Math.max(...cells.map((runs, i) => write(runs, edge(i) + 5, edge(i + 1) - 5, from, 11))) + 2;
        rule();
      }
      for (let i = 0; i <= columns; i += 1) parts.push(`<path d="M${edge(i)} ${top}V${y}" stroke="${look.line}"/>`);
      y += 8;
    },
    buttons(labels: readonly string[]) {
      let x = LEFT;
      for (const label of labels) {
        const width = word(label, "bold", 12).width + 24;
        if (x + width > RIGHT && x > LEFT) {
          x = LEFT;
          y += 36;
        }
        parts.push(
          `<rect x="${x}" y="${y}" width="${width}" height="30" rx="6" fill="${look.code}" stroke="${look.line}"/>`,
        );
        write([{ text: label, style: "bold" }], x + 12, WIDTH * 2, y + 7, 12);
        x += width + 8;
      }
      y += 38;
    },
    /** As a PNG of twice a phone's width. */
    png(): Uint8Array {
      const height = Math.ceil(y + 12);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="100%" height="100%" fill="${look.paper}"/>${parts.join("")}</svg>`;
      return new Resvg(svg, { fitTo: { mode: "width", value: WIDTH * 2 }, font }).render().asPng();
    },
  };
}
