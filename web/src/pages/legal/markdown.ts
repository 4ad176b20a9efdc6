// The part of Markdown that a legal page needs: headings, paragraphs, lists, strong words, links.

export type Span = { text: string; isStrong?: boolean; href?: string };
export type Block =
  | { kind: "heading"; level: number; spans: Span[] }
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "list"; isNumbered: boolean; items: Span[][] };

const heading = /^(#{1,4})\s+(.*)$/;
const item = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;

export function blocksOf(text: string): Block[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/\n{2,}/)
    .flatMap((part) => blocksIn(part.split("\n").filter((line) => line.trim() !== "")));
}

function blocksIn(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    const title = heading.exec(line);
    const entry = item.exec(line);
    if (title) {
      const [, marks = "", words = ""] = title;
      blocks.push({ kind: "heading", level: marks.length, spans: spansOf(words) });
    } else if (entry) {
      const isNumbered = entry[1] !== undefined;
      const spans = spansOf(entry[2] ?? "");
      if (last?.kind === "list" && last.isNumbered === isNumbered) last.items.push(spans);
      else blocks.push({ kind: "list", isNumbered, items: [spans] });
    } else if (last?.kind === "paragraph") last.spans.push(...spansOf(` ${line.trim()}`));
    else if (last?.kind === "list") last.items.at(-1)?.push(...spansOf(` ${line.trim()}`));
    else blocks.push({ kind: "paragraph", spans: spansOf(line.trim()) });
  }
  return blocks;
}

const marked = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
const safeAddress = /^(https?:\/\/|mailto:|\/(?!\/))/i;

/** A link that leads elsewhere than to a page or a mailbox stays the words it is. */
function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, strong, label = "", href = ""] = match;
    if (match.index > end) spans.push({ text: text.slice(end, match.index) });
    if (strong !== undefined) spans.push({ text: strong, isStrong: true });
    else spans.push(safeAddress.test(href) ? { text: label, href } : { text: whole });
    end = match.index + whole.length;
  }
  if (end < text.length) spans.push({ text: text.slice(end) });
  return spans;
}
