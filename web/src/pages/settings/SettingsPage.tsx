import { useState } from "react";
import { signOut } from "../../api/api.ts";
import { useSession } from "../../app/session.ts";
import { switchShortcuts, useShortcutsOn } from "../../app/shortcuts.ts";
import { chooseTheme, type Theme, useTheme } from "../../app/theme.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { announceProblem } from "../../ui/toasts.ts";

export default function SettingsPage() {
  return (
    <div className="page page-narrow">
      <PageHead title="Settings" />
      <Profile />
      <Appearance />
      <SignOut />
    </div>
  );
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function Profile() {
  const { user, household, locale } = useSession();
  const facts: [string, string][] = [
    ["Name", user.name],
    ["Email", user.email],
    ["Household", household.name],
    ["Your part", capitalised(household.role)],
    ["Currency", household.currency],
    ["Time zone", user.time_zone],
    ["Language and region", user.locale],
    ["Week begins on", capitalised(household.week_start)],
    ["Here since", formatDate(user.created_at.slice(0, 10), locale)],
  ];
  return (
    <section className="card">
      <header className="card-head">
        <h2>Profile</h2>
      </header>
      <dl className="profile">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
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
    <section className="card stack">
      <header className="card-head">
        <h2>This browser</h2>
      </header>
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
    </section>
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
    <section className="card setting">
      <span>Leave this browser without a trace of your books.</span>
      <Button icon="signout" isBusy={isBusy} onClick={leave}>
        Sign out
      </Button>
    </section>
  );
}
