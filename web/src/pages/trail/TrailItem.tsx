import { type ReactNode, useState } from "react";
import type { TrailEntry } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { deviceName } from "../../data/deviceName.ts";
import { formatTime } from "../../dates/instant.ts";
import { changesOf } from "./changes.ts";
import { actorWord, outcomeWord } from "./words.ts";

/** An entry of a household's trail, or of a person's, which nobody takes back. */
type Told = Omit<TrailEntry, "can_undo" | "undoes" | "undone_by"> & { undone_by?: string | null };

type TrailItemProps = { entry: Told; action?: ReactNode; more?: ReactNode };

/** One thing that happened: who, what, when, from where; what changed is one press away. */
export function TrailItem({ entry, action, more }: TrailItemProps) {
  const { locale, user } = useSession();
  const [isOpen, setOpen] = useState(false);
  const changes = changesOf(entry.before, entry.after);
  const outcome = outcomeWord(entry.outcome);
  const where = [entry.device && deviceName(entry.device), entry.address].filter(Boolean);
  const hasMore = changes.length > 0 || entry.change_count > 0;
  return (
    <li className="event">
      <span className="event-time">
        {formatTime(entry.at, { locale, timeZone: user.time_zone })}
      </span>
      <div className="event-main">
        <span className={entry.undone_by ? "event-undone" : undefined}>{entry.summary}</span>
        <span className="muted">
          {[actorWord(entry), ...where].join(" · ")}
          {hasMore && (
            <>
              {" · "}
              <button
                type="button"
                className="link-button"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? "Hide details" : "Details"}
              </button>
            </>
          )}
        </span>
        {isOpen && (
          <>
            <ChangeTable changes={changes} />
            {more}
          </>
        )}
      </div>
      {outcome && <span className="badge badge-failed">{outcome}</span>}
      {entry.undone_by && <span className="badge">Taken back</span>}
      {action}
    </li>
  );
}

export function ChangeTable({ changes }: { changes: ReturnType<typeof changesOf> }) {
  if (changes.length === 0) return null;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="What changed">
      <table className="table change-table">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before ?? "–"}</td>
              <td>{after ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
