import { useState } from "react";
import { tokens as endpoint } from "../../api/identity.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { useAction } from "../../ui/useAction.ts";
import { readOnly, resources } from "./scopes.ts";

const dayMilliseconds = 86_400_000;

const lives: readonly { days: string; label: string }[] = [
  { days: "30", label: "30 days" },
  { days: "90", label: "90 days" },
  { days: "365", label: "A year" },
  { days: "", label: "No end" },
];

function endAfter(days: string): { expires_at?: string } {
  if (days === "") return {};
  return { expires_at: new Date(Date.now() + Number(days) * dayMilliseconds).toISOString() };
}

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null);
  if (token !== null) {
    return (
      <Dialog title="Your new token" onClose={onClose}>
        <div className="form">
          <CopyField
            label="Token"
            value={token}
            hint="It is shown only now. Keep it like a password."
          />
          <div className="form-actions">
            <Button kind="primary" onClick={onClose}>
              I have kept it
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="New token" onClose={onClose}>
      <TokenForm onMade={setToken} onClose={onClose} />
    </Dialog>
  );
}

type TokenFormProps = { onMade: (token: string) => void; onClose: () => void };

function TokenForm({ onMade, onClose }: TokenFormProps) {
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const { isBusy, fields, run } = useAction();
  const make = () => {
    void run(async () => {
      const made = await endpoint.create({
        name: name.trim(),
        scopes: [...scopes],
        ...endAfter(days),
      });
      onMade(made.token);
    });
  };
  return (
    <Form
      verb="Make the token"
      onSubmit={make}
      isBusy={isBusy}
      isReady={name.trim() !== "" && scopes.length > 0}
      onCancel={onClose}
    >
      <TextField
        label="Name"
        hint="Which program is it for?"
        value={name}
        onChange={setName}
        problem={fields["name"]}
        maxLength={64}
        required
      />
      <SelectField label="Lasts" value={days} onChange={setDays} problem={fields["expires_at"]}>
        {lives.map(({ days: value, label }) => (
          <option key={label} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <ScopeTable scopes={scopes} onChange={setScopes} />
      {fields["scopes"] && <p className="field-problem">{fields["scopes"]}</p>}
    </Form>
  );
}

type ScopeTableProps = {
  scopes: readonly string[];
  onChange: (scopes: readonly string[]) => void;
};

function ScopeTable({ scopes, onChange }: ScopeTableProps) {
  const toggle = (scope: string) =>
    onChange(
      scopes.includes(scope) ? scopes.filter((other) => other !== scope) : [...scopes, scope],
    );
  return (
    <table className="table scope-table">
      <caption className="visually-hidden">What the token may do</caption>
      <thead>
        <tr>
          <th scope="col">May</th>
          <th scope="col">read</th>
          <th scope="col">write</th>
        </tr>
      </thead>
      <tbody>
        {resources.map(({ name, label }) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            {["read", "write"].map((verb) => (
              <td key={verb}>
                {(verb === "read" || !readOnly.includes(name)) && (
                  <input
                    type="checkbox"
                    aria-label={`${verb} ${label.toLowerCase()}`}
                    checked={scopes.includes(`${name}:${verb}`)}
                    onChange={() => toggle(`${name}:${verb}`)}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
