import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Option } from "./Combobox.tsx";

type Place = { left: number; width: number; maxHeight: number; top?: number; bottom?: number };

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
    return { left, width, top: box.bottom + gap, maxHeight: Math.min(tallest, below) };
  }
  const bottom = innerHeight - box.top + gap;
  return { left, width, bottom, maxHeight: Math.min(tallest, above) };
}

/** Follows the anchor as the page scrolls beneath. */
function usePlace(anchor: RefObject<HTMLElement>): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
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
  return place;
}

type FloatingListProps = {
  id: string;
  anchor: RefObject<HTMLElement>;
  options: readonly Option[];
  active: number;
  onPick: (option: Option) => void;
  emptyText?: ReactNode;
};

/** The suggestions, fixed to the window so that no scrolling box cuts them off. */
export function FloatingList(props: FloatingListProps) {
  const { id, anchor, options, active, onPick, emptyText = "Nothing found" } = props;
  const place = usePlace(anchor);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (!place) return null;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="floating-list"
      style={place}
    >
      {options.map((option, index) => (
        <ListOption
          key={option.value}
          id={`${id}-${index}`}
          option={option}
          isActive={index === active}
          onPick={onPick}
        />
      ))}
      {options.length === 0 && (
        <div
          role="option"
          aria-selected="false"
          aria-disabled="true"
          tabIndex={-1}
          className="floating-empty"
        >
          {emptyText}
        </div>
      )}
    </div>
  );
}

type ListOptionProps = {
  id: string;
  option: Option;
  isActive: boolean;
  onPick: (option: Option) => void;
};

function ListOption({ id, option, isActive, onPick }: ListOptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
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
    </div>
  );
}
