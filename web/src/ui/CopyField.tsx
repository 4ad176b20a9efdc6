import { useRef } from "react";
import { Button } from "./Button.tsx";
import { Field } from "./Field.tsx";
import { announce } from "./toasts.ts";

/** The clipboard is for secure pages only; elsewhere the text is chosen, ready for the keys. */
export async function copy(text: string, from?: HTMLInputElement | null): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) {
    await clipboard.writeText(text);
    announce("Copied.");
  } else {
    from?.select();
    announce("Press Ctrl+C to copy what is chosen.");
  }
}

/** Something to take along: a link, a token, a secret. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <div className="copy-field">
          <input
            {...control}
            ref={input}
            className="input"
            value={value}
            readOnly
            onFocus={(event) => event.target.select()}
          />
          <Button icon="copy" onClick={() => void copy(value, input.current)}>
            Copy
          </Button>
        </div>
      )}
    </Field>
  );
}
