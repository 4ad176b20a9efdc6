import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { FloatingList } from "./FloatingList.tsx";

export type Option = { value: string; label: string; detail?: string; depth?: number };

type ComboboxProps = {
  id?: string;
  label?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  /** What is written in the box. */
  text: string;
  onText: (text: string) => void;
  options: readonly Option[];
  onPick: (option: Option) => void;
  /** Called when the box is left or Escape is pressed without a choice. */
  onLeave?: () => void;
  placeholder?: string;
  emptyText?: ReactNode;
  isFocusedAtFirst?: boolean;
};

/** Whether the list is open, where one stands in it, and what the keys do. */
function useListKeys({ options, onPick, onLeave }: ComboboxProps) {
  const [isOpen, setOpen] = useState(false);
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, options.length - 1);
  const pick = (option: Option) => {
    setOpen(false);
    onPick(option);
  };
  const open = () => {
    setOpen(true);
    setActive(0);
  };
  const leave = () => {
    setOpen(false);
    onLeave?.();
  };
  const step = (by: number) => {
    if (!isOpen) return open();
    setActive((active + by + options.length) % Math.max(1, options.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = options[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && isOpen && option) pick(option);
    else if (event.key === "Escape" && isOpen) {
      // The first Escape closes the list, the next the form around it.
      event.stopPropagation();
      leave();
    } else return;
    event.preventDefault();
  };
  return { isOpen, active, open, leave, pick, onKeyDown };
}

/** A text box with a list of suggestions beneath: ARIA 1.2's combobox with a listbox. */
export function Combobox(props: ComboboxProps) {
  const { text, onText, options, isFocusedAtFirst } = props;
  const { isOpen, active, open, leave, pick, onKeyDown } = useListKeys(props);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => {
    if (isFocusedAtFirst) input.current?.focus();
  }, [isFocusedAtFirst]);
  return (
    <div className="combobox">
      <input
        ref={input}
        id={props.id}
        className="input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        autoComplete="off"
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => {
          open();
          onText(event.target.value);
        }}
        onClick={open}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {isOpen && (
        <FloatingList
          id={listId}
          anchor={input}
          options={options}
          active={active}
          onPick={pick}
          emptyText={props.emptyText}
        />
      )}
    </div>
  );
}
