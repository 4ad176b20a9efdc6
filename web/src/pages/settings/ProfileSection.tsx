import { useState } from "react";
import { signOut } from "../../api/api.ts";
import { auth } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { switchShortcuts, useShortcutsOn } from "../../app/shortcuts.ts";
import { chooseTheme, type Theme, useTheme } from "../../app/theme.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { announce, announceProblem } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { EmailCard } from "./EmailCard.tsx";
import { localeChoices, timeZones } from "./places.ts";

export function ProfileSection() {
  return (
    <>
      <Profile />
      <EmailCard />
      <Appearance />
      <SignOut />
    </>
  );
}

function Profile() {
  const { user, locale } = useSession();
  const [draft, setDraft] = useState<Draft>({
    name: user.name,
    time_zone: user.time_zone,
    locale: user.locale,
  });
  const { isBusy, fields, run } = useAction();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = () =>
    run(async () => {
      await auth.update({ ...draft, name: draft.name.trim() });
      announce("Your profile is saved.");
    });
  return (
    <Card title="You" lead={`Here since ${formatDate(user.created_at.slice(0, 10), locale)}.`}>
      <Form verb="Save" onSubmit={save} isBusy={isBusy}>
        <TextField
          label="Name"
          autoComplete="name"
          value={draft.name}
          onChange={(name) => change({ name })}
          problem={fields["name"]}
          maxLength={120}
          required
        />
        <PlaceFields draft={draft} onChange={change} problems={fields} />
      </Form>
    </Card>
  );
}

type Draft = { name: string; time_zone: string; locale: string };

type PlaceFieldsProps = {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problems: Record<string, string>;
};

function PlaceFields({ draft, onChange, problems }: PlaceFieldsProps) {
  return (
    <div className="field-pair">
      <SelectField
        label="Language and region"
        hint="How dates and amounts are written."
        value={draft.locale}
        onChange={(locale) => onChange({ locale })}
        problem={problems["locale"]}
      >
        {localeChoices(draft.locale).map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Time zone"
        hint="Decides when your day begins."
        value={draft.time_zone}
        onChange={(time_zone) => onChange({ time_zone })}
        problem={problems["time_zone"]}
      >
        {timeZones(draft.time_zone).map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

const themes: readonly Segment<Theme>[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

function Appearance() {
  const theme = useTheme();
  const areOn = useShortcutsOn();
  return (
    <Card title="This browser">
      <div className="setting">
        <span>Colours</span>
        <Segments label="Colours" segments={themes} value={theme} onChange={chooseTheme} />
      </div>
      <label className="check-label">
        <input
          type="checkbox"
          checked={areOn}
          onChange={(event) => switchShortcuts(event.target.checked)}
        />
        <span>Single letters act at once in the list of transactions</span>
      </label>
    </Card>
  );
}

function SignOut() {
  const [isBusy, setBusy] = useState(false);
  const leave = () => {
    setBusy(true);
    signOut().catch(() =>
      announceProblem("You are signed out here, but the server could not be told."),
    );
  };
  return (
    <section className="card setting" aria-label="Sign out">
      <span>Leave this browser without a trace of your books.</span>
      <Button icon="signout" isBusy={isBusy} onClick={leave}>
        Sign out
      </Button>
    </section>
  );
}
