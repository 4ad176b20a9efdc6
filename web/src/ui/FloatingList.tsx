import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Option } from "./Combobox.tsx";

type Place = { left: number; top: number; width: number; height: number };

const tallest = 280;
const gap = 4;

/** Under the anchor, or above it where there is more room. */
function placeFor(anchor: HTMLElement): Place {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - 2 * gap;
  const above = box.top - 2 * gap;
  const width = Math.min(Math.max(box.width, 240), innerWidth - 16);
  const left = Math.max(8, Math.min(box.left, innerWidth - width - 8));
  if (below >= Math.min(tallest, above)) {
    return { left, width, top: box.bottom + gap, height: Math.min(tallest, below) };
  }
  const height = Math.min(tallest, above);
  return { left, width, top: box.top - gap - height, height };
}

/** The suggestions, fixed to the window so that no scrolling box cuts them off. */
export function FloatingList({
  id,
  anchor,
  options,
  active,
  onPick,
  emptyText = "Nothing found",
}: {
  id: string;
  anchor: RefObject<HTMLElement>;
  options: readonly Option[];
  active: number;
  onPick: (option: Option) => void;
  emptyText?: ReactNode;
}) {
  const [place, setPlace] = useState<Place | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const update = () => anchor.current && setPlace(placeFor(anchor.current));
    update();
    addEventListener("scroll", update, true);
    addEventListener("resize", update);
    return () => {
      removeEventListener("scroll", update, true);
      removeEventListener("resize", update);
    };
  }, [anchor]);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (!place) return null;
  const { left, top, width, height } = place;
  const isAbove = top < (anchor.current?.getBoundingClientRect().top ?? 0);
  const edge = isAbove ? { bottom: innerHeight - top - height } : { top };
  return (
    <ul
      ref={list}
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="floating-list"
      style={{ left, width, maxHeight: height, ...edge }}
    >
      {options.map((option, index) => (
        <li
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="floating-option"
          style={{ paddingLeft: 10 + (option.depth ?? 0) * 16 }}
          // Before the box loses the focus, which would close the list.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(option);
          }}
        >
          <span className="clip">{option.label}</span>
          {option.detail && <span className="floating-detail clip">{option.detail}</span>}
        </li>
      ))}
      {options.length === 0 && (
        <li role="option" aria-selected="false" aria-disabled="true" className="floating-empty">
          {emptyText}
        </li>
      )}
    </ul>
  );
}
