/** Claims that rest on nobody: hearsay, another product's facts without a source of its own, sources nobody uses. */
import { fault } from "../../src/library/matter.ts";
import { lineOf, proseOf, wordsOnly } from "./manuscript.ts";
import type { Lint } from "./set.ts";

const HEARSAY =
  /\b(?:stud(?:y|ies) (?:show|suggest|found|find)s?|research (?:shows|suggests)|surveys? (?:show|find|found)s?|experts? (?:say|agree|recommend)|it is (?:well|widely|generally|commonly) (?:known|accepted|believed|agreed)|reportedly|allegedly|supposedly|(?:many|most|some) (?:people|experts|teams|companies) (?:say|think|believe|claim|agree))\b/i;

export const hearsay: Lint = {
  name: "hearsay",
  level: "fatal",
  find: ({ manuscripts }) =>
    manuscripts.flatMap((text) =>
      proseOf(text).flatMap(({ line, field, text: prose }) => {
        const said = /\.belief$/.test(field) || /\]\(https?:/.test(prose) ? undefined : HEARSAY.exec(prose)?.[0];
        return said
          ? [
              fault(
                text.path,
                line,
                `"${said}" names no source.`,
                "Link what says so in the same paragraph, or say it as a fact.",
              ),
            ]
          : [];
      }),
    ),
};

/** Other people's products -> what a source about them has in its title or address. */
const PRODUCTS: readonly (readonly [name: RegExp, source: RegExp])[] = [
  [/\bPodman\b/, /podman|containers\/|redhat/i],
  [/\bKubernetes\b|\bkubectl\b|\bkubelet\b/, /kubernetes|k8s/i],
  [/\bNomad\b/, /nomad|hashicorp/i],
  [/\bVagrant\b/, /vagrant|hashicorp/i],
  [/\bVirtualBox\b/, /virtualbox|oracle/i],
  [/\bcontainerd\b/, /containerd|kubernetes|docs\.docker/i],
  [/\bAlpine\b/, /alpine|musl|docs\.docker|hub\.docker/i],
  [/\bGitHub Actions\b/, /github/i],
  [/\bAmazon ECR\b|\bAWS\b/, /aws|amazon/i],
  [/\bAzure\b/, /azure|microsoft/i],
  [/\bWSL ?2?\b/, /microsoft|docs\.docker/i],
];
/** A figure with a unit, or a version: what can be looked up, and so must be. */
const FIGURE =
  /\b\d[\d.,]*\s?(?:%|percent|seconds?|minutes?|hours?|days?|months?|years?|[KMGT]i?B|MB|bytes|characters|nodes|pods|containers)\b|\bv?\d+\.\d+/i;

export const unsourced: Lint = {
  name: "unsourced",
  level: "warning",
  find: ({ pages, manuscripts }) =>
    manuscripts.flatMap((text) => {
      const sources = pages.find(({ path }) => path === text.path)?.sources ?? [];
      const known = sources.map(({ title, href }) => `${title} ${href}`).join(" ");
      return proseOf(text).flatMap(({ line, field, text: prose }) => {
        if (/^quiz/.test(field) || /\]\(https?:/.test(prose)) return [];
        for (const sentence of wordsOnly(prose).split(/(?<=[.!?;:])\s+/)) {
          const product = PRODUCTS.find(([name, source]) => name.test(sentence) && !source.test(known));
          const figure = FIGURE.exec(sentence)?.[0];
          if (product && figure)
            return [
              fault(
                text.path,
                line,
                `"${figure}" is said of ${product[0].exec(sentence)?.[0]}, which none of the sources is about.`,
                "Add the source that says so.",
              ),
            ];
        }
        return [];
      });
    }),
};

export const unusedSource: Lint = {
  name: "unused-source",
  level: "warning",
  find: ({ pages, manuscripts }) =>
    manuscripts.flatMap((text) => {
      const page = pages.find(({ path }) => path === text.path);
      if (!page?.comparison) return [];
      const used = new Set(page.comparison.rows.flatMap(({ sources }) => sources));
      return page.sources.flatMap(({ title }, i) =>
        used.has(i + 1)
          ? []
          : [
              fault(
                text.path,
                lineOf(text, `sources.${i}`),
                `no row rests on the source "${title}".`,
                "Name it in a row's sources, or take it out.",
              ),
            ],
      );
    }),
};
