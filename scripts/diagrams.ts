/** `npm run diagrams`: draws every `knowledge/diagrams/*.svg` as a PNG beside it, alike on every machine. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

const FOLDER = join(import.meta.dirname, "../knowledge/diagrams");
const FONTS = join(import.meta.dirname, "../node_modules/dejavu-fonts-ttf/ttf");
const WIDTH = 1080;

/** The drawing as a PNG, 1080 pixels wide, with the pinned DejaVu fonts and no others. */
export function renderDiagram(svg: string): Uint8Array {
  const resvg = new Resvg(svg, {
    fitTo: { mode: "width", value: WIDTH },
    font: {
      loadSystemFonts: false,
      fontFiles: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => join(FONTS, name)),
      defaultFontFamily: "DejaVu Sans",
    },
  });
  return resvg.render().asPng();
}

if (import.meta.main) {
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith(".svg"))
    .sort()) {
    const png = renderDiagram(readFileSync(join(FOLDER, file), "utf8"));
    writeFileSync(join(FOLDER, `${basename(file, ".svg")}.png`), png);
    console.log(`${basename(file, ".svg")}.png ${(png.length / 1024).toFixed(0)} KB`);
  }
}
