import { formatTime } from "../dates/instant.ts";
import { tryConnection, useOfflineSince } from "../live/useLive.ts";
import { Note } from "../ui/Notices.tsx";
import { useSession } from "./session.ts";

/** While nobody answers: what is on the page may be old, and nothing can be saved. */
export function OfflineNote() {
  const { locale, user } = useSession();
  const since = useOfflineSince();
  return (
    <div className="shell-note" role="status">
      {since && (
        <Note icon="offline">
          <strong>Offline.</strong> The server has not answered since{" "}
          {formatTime(since, { locale, timeZone: user.time_zone })}. What you see may be old, and
          nothing can be saved until it is back.{" "}
          <button type="button" className="link-button" onClick={tryConnection}>
            Try now
          </button>
        </Note>
      )}
    </div>
  );
}
