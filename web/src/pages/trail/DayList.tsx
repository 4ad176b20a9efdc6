import type { ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import type { Feed } from "../../data/useFeed.ts";
import { formatDay } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";

type Event = { id: string; at: string };

type DayListProps<Item extends Event> = {
  feed: Feed<Item>;
  empty: ReactNode;
  children: (item: Item) => ReactNode;
};

/** Events under the days they happened on, the newest first. */
export function DayList<Item extends Event>({ feed, empty, children }: DayListProps<Item>) {
  const { locale, user } = useSession();
  const { items, error, hasMore, isLoading, more } = feed;
  if (error && !items) return <ProblemNote error={error} />;
  if (!items) return <Loading rows={6} />;
  if (items.length === 0) {
    return typeof empty === "string" ? <p className="card muted">{empty}</p> : <>{empty}</>;
  }
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const day = formatDay(item.at, { locale, timeZone: user.time_zone });
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return (
    <>
      {[...days].map(([day, events]) => (
        <section key={day} aria-label={day}>
          <h2 className="section-title">{day}</h2>
          <ul className="card list events">{events.map(children)}</ul>
        </section>
      ))}
      {error ? <ProblemNote error={error} /> : null}
      {hasMore && (
        <div className="more">
          <Button isBusy={isLoading} onClick={more}>
            Earlier
          </Button>
        </div>
      )}
    </>
  );
}
