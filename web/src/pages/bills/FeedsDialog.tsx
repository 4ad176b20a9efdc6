import { type FormEvent, useState } from "react";
import { calendar, type FeedPart } from "../../api/calendar.ts";
import { useSession } from "../../app/session.ts";
import { fromNow } from "../../dates/instant.ts";
import { useResource } from "../../data/resource.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import type { CalendarFeed } from "../../api/types.ts";

const parts: readonly [FeedPart, string][] = [
  ["bills", "Bills, as events"],
  ["tasks", "Tasks, as to-dos"],
];

/** Secret addresses under which a calendar program reads what is due. */
export default function FeedsDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  if (made !== null) return <MadeDialog address={made} onClose={() => setMade(null)} />;
  if (isMaking) {
    return (
      <Dialog title="New calendar feed" onClose={() => setMaking(false)}>
        <FeedForm
          onMade={(address) => {
            setMaking(false);
            setMade(address);
          }}
          onClose={() => setMaking(false)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title="Calendar feeds" onClose={onClose}>
      <FeedList onMake={() => setMaking(true)} />
    </Dialog>
  );
}

function FeedList({ onMake }: { onMake: () => void }) {
  const { value: feeds, error } = useResource("calendar feeds", calendar.feeds);
  return (
    <div className="form">
      <p className="muted">
        Your calendar program shows what is due when it knows one of these addresses. Whoever has an
        address sees what you see, so each can be ended here at once.
      </p>
      {error !== undefined && !feeds ? <ProblemNote error={error} /> : null}
      {!feeds && error === undefined && <Loading rows={2} />}
      {feeds && feeds.length > 0 && (
        <ul className="feeds">
          {feeds.map((feed) => (
            <FeedLine key={feed.id} feed={feed} />
          ))}
        </ul>
      )}
      <div className="form-actions">
        <Button icon="plus" kind={feeds?.length === 0 ? "primary" : "plain"} onClick={onMake}>
          New feed
        </Button>
      </div>
    </div>
  );
}

function FeedLine({ feed }: { feed: CalendarFeed }) {
  const { locale } = useSession();
  const [isEnding, setEnding] = useState(false);
  return (
    <li className="line">
      <span className="line-main">
        <span className="line-title">
          {feed.name} <code className="muted">{feed.hint}…</code>
        </span>
        <span className="muted">
          {feed.includes.join(" and ")} ·{" "}
          {feed.used_at ? `last read ${fromNow(feed.used_at, locale)}` : "never read yet"}
        </span>
      </span>
      <IconButton icon="trash" label={`Revoke ${feed.name}`} onClick={() => setEnding(true)} />
      {isEnding && (
        <ConfirmDialog
          title={`Revoke ${feed.name}?`}
          verb="Revoke"
          onClose={() => setEnding(false)}
          onConfirm={async () => {
            await calendar.revokeFeed(feed.id);
            announce(`${feed.name} is void.`);
          }}
        >
          <p>Calendars that read it find nothing any more.</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

type FeedFormProps = { onMade: (address: string) => void; onClose: () => void };

function FeedForm({ onMade, onClose }: FeedFormProps) {
  const [name, setName] = useState("");
  const [includes, setIncludes] = useState<readonly FeedPart[]>(["bills", "tasks"]);
  const { isBusy, fields, run } = useAction();
  const toggle = (part: FeedPart) =>
    setIncludes(
      includes.includes(part) ? includes.filter((other) => other !== part) : [...includes, part],
    );
  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const feed = await calendar.makeFeed(name.trim(), includes);
      onMade(feed.address);
    });
  };
  return (
    <form className="form" onSubmit={make} noValidate>
      <TextField
        label="Name"
        hint="Which calendar is it for?"
        placeholder="My phone"
        value={name}
        onChange={setName}
        problem={fields["name"]}
        maxLength={64}
        required
      />
      <fieldset className="check-list">
        <legend className="field-label">Shows</legend>
        {parts.map(([part, label]) => (
          <label key={part} className="check-label">
            <input
              type="checkbox"
              checked={includes.includes(part)}
              onChange={() => toggle(part)}
            />
            <span>{label}</span>
          </label>
        ))}
        {fields["includes"] && <p className="field-problem">{fields["includes"]}</p>}
      </fieldset>
      <div className="form-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={name.trim() === "" || includes.length === 0}
        >
          Make the address
        </Button>
      </div>
    </form>
  );
}

function MadeDialog({ address, onClose }: { address: string; onClose: () => void }) {
  return (
    <Dialog title="Your new feed" onClose={onClose}>
      <div className="form">
        <CopyField
          label="Address"
          value={address}
          hint="It is shown only now. Paste it where your calendar program subscribes to another calendar."
        />
        <div className="form-actions">
          <a className="button button-plain" href={address.replace(/^https?:/, "webcal:")}>
            <span>Open in a calendar</span>
          </a>
          <Button kind="primary" onClick={onClose}>
            I have kept it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
