import type { ReactElement } from "react";
import { type Block, blocksOf, type Span } from "./markdown.ts";

/** Markdown that an operator wrote, as elements: nothing in it can become script or markup. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="prose">
      {blocksOf(text).map((block, index) => (
        <BlockOf key={index} block={block} />
      ))}
    </div>
  );
}

function BlockOf({ block }: { block: Block }): ReactElement {
  switch (block.kind) {
    case "heading":
      return block.level <= 2 ? (
        <h2>
          <Spans spans={block.spans} />
        </h2>
      ) : (
        <h3>
          <Spans spans={block.spans} />
        </h3>
      );
    case "list": {
      const List = block.isNumbered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((spans, index) => (
            <li key={index}>
              <Spans spans={spans} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
  }
}

function Spans({ spans }: { spans: readonly Span[] }) {
  return (
    <>
      {spans.map((span, index) =>
        span.href ? (
          <a key={index} href={span.href} rel="noreferrer">
            {span.text}
          </a>
        ) : span.isStrong ? (
          <strong key={index}>{span.text}</strong>
        ) : (
          span.text
        ),
      )}
    </>
  );
}
