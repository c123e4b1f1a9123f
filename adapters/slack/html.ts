/** A page for a browser: a heading, a sentence, perhaps one link; everything in it is escaped. */

export interface Link {
  readonly label: string;
  readonly href: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

export const html = (title: string, text: string, link?: Link): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
${link ? `<p><a href="${escaped(link.href)}">${escaped(link.label)}</a></p>\n` : ""}</html>
`;
