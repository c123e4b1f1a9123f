/** `npm run diagrams`: draws every `knowledge/diagrams/*.svg` as a PNG beside it, alike on every machine. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

const FOLDER = join(import.meta.dirname, "../knowledge/diagrams");
const WIDTH = 1080;
const require = createRequire(import.meta.url);
const FONTS = [
  require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
];

/** The drawing as a PNG of 1080 pixels' width, set in the pinned DejaVu Sans and in no font of the system. */
export function renderDiagram(svg: string): Uint8Array {
  return new Resvg(svg, {
    fitTo: { mode: "width", value: WIDTH },
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: "DejaVu Sans" },
  })
    .render()
    .asPng();
}

if (import.meta.main) {
  for (const name of readdirSync(FOLDER).sort()) {
    if (!name.endsWith(".svg")) continue;
    const png = renderDiagram(readFileSync(join(FOLDER, name), "utf8"));
    writeFileSync(join(FOLDER, name.replace(/svg$/, "png")), png);
    console.log(`${name}: ${Math.ceil(png.length / 1024)} KB`);
  }
}
