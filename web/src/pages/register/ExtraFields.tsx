import { type KeyboardEvent, useState } from "react";
import type { TransactionState } from "../../api/model.ts";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { stateNames } from "./labels.ts";
import type { FieldsProps } from "./TransactionForm.tsx";

const states = Object.keys(stateNames) as TransactionState[];

/** Note, tags and state, with the bank's own words beneath. */
export function ExtraFields(props: FieldsProps & { bankText: string | null }) {
  const { draft, problems, onChange, bankText } = props;
  return (
    <>
      <div className="entry-extra">
        <TextField
          label="Note"
          value={draft.note}
          maxLength={4000}
          onChange={(note) => onChange({ note })}
          problem={problems["note"]}
        />
        <TagsField {...props} />
        <SelectField
          label="State"
          value={draft.state}
          onChange={(state) => onChange({ state: state as TransactionState })}
          problem={problems["state"]}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {stateNames[state]}
            </option>
          ))}
        </SelectField>
      </div>
      {bankText && (
        <p className="muted bank-text">
          The bank wrote: <span>{bankText}</span>
        </p>
      )}
    </>
  );
}

/** Tags as chips; Enter or a comma ends one, Backspace in the empty box takes the last away. */
function TagsField({ draft, problems, onChange }: FieldsProps) {
  const [text, setText] = useState("");
  const add = (typed: string) => {
    const tag = typed.trim();
    if (tag && !draft.tags.includes(tag)) onChange({ tags: [...draft.tags, tag] });
    setText("");
  };
  const remove = (tag: string) => onChange({ tags: draft.tags.filter((other) => other !== tag) });
  const onKeyDown = (event: KeyboardEvent) => {
    const last = draft.tags.at(-1);
    if (event.key === "Enter" && text.trim() !== "") {
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "" && last) remove(last);
  };
  return (
    <Field label="Tags" problem={problems["tags"]}>
      {(control) => (
        <div className="tags-box">
          {draft.tags.map((tag) => (
            <button
              key={tag}
              type="button"
              className="tag tag-button"
              aria-label={`Remove tag ${tag}`}
              onClick={() => remove(tag)}
            >
              {tag}
              <Icon name="close" size={9} />
            </button>
          ))}
          <input
            {...control}
            className="tags-input"
            value={text}
            maxLength={64}
            placeholder={draft.tags.length === 0 ? "Add a tag" : ""}
            onChange={(event) => {
              const { value } = event.target;
              if (value.endsWith(",")) add(value.slice(0, -1));
              else setText(value);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => add(text)}
          />
        </div>
      )}
    </Field>
  );
}
