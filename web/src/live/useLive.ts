import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/api.ts";
import type { Session } from "../api/types.ts";
import { countNotices, noticesTold } from "../data/notices.ts";
import { readAgain } from "../data/resource.ts";
import type { ServerEvent } from "./EventReader.ts";
import { readSoon, tellVersion } from "./freshData.ts";
import { LiveStream, type LiveStatus } from "./LiveStream.ts";

/** Browsers hold six lines to a plain server: a tab that nobody looks at gives its own back. */
const hiddenMilliseconds = 30_000;
const pollMilliseconds = 60_000;
/** Before the token ends, and not all tabs in the same moment. */
const renewalMilliseconds = 60_000;
const renewalSpreadMilliseconds = 30_000;

type Standing = { status: LiveStatus; since: string | null };

let standing: Standing = { status: "paused", since: null };
const watchers = new Set<() => void>();

function setStatus(status: LiveStatus): void {
  if (status === standing.status) return;
  const wasOffline = standing.status === "offline";
  const since = status === "offline" ? new Date().toISOString() : null;
  standing = { status, since };
  for (const watcher of watchers) watcher();
  // What could not be read while nobody answered can be now.
  if (wasOffline && status !== "paused") readSoon();
}

/** Since when nobody answers; null while all is well. */
export function useOfflineSince(): string | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => standing.since,
  );
}

let stream: LiveStream | null = null;

export function tryConnection(): void {
  stream?.tryNow();
}

function hear({ type, data }: ServerEvent): void {
  if (type === "membership_changed") {
    void readAgain("me");
    // What was read a moment ago may have been read by somebody who saw more.
    readSoon();
  }
  if (type === "version") {
    const { household_id, version } = JSON.parse(data) as { household_id: string; version: number };
    tellVersion(household_id, version);
  }
  if (type === "notice") noticesTold((JSON.parse(data) as { unread: number }).unread);
}

/** Open while somebody looks at this tab, and a little longer. */
function whileSeen(live: LiveStream): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") live.start();
    else timer = setTimeout(() => live.stop(), hiddenMilliseconds);
  };
  const tryNow = () => {
    if (document.visibilityState === "visible") live.tryNow();
  };
  look();
  document.addEventListener("visibilitychange", look);
  addEventListener("online", tryNow);
  addEventListener("offline", tryNow);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
    removeEventListener("online", tryNow);
    removeEventListener("offline", tryNow);
    live.stop();
  };
}

/** The server has no stream for us: the count is asked for now and then instead. */
function usePolling(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      // It is asked for again in a minute, and the pages say what is wrong.
      if (standing.status === "waiting") countNotices().catch(() => {});
    }, pollMilliseconds);
    return () => clearInterval(timer);
  }, []);
}

/** Keeps this tab told of what changes on the server, for as long as somebody is signed in. */
export function useLive(session: Session): void {
  const [live] = useState(
    () =>
      new LiveStream({
        open: (signal) => api.stream("/events", signal),
        onEvent: hear,
        onStatus: setStatus,
      }),
  );
  useEffect(() => {
    stream = live;
    const end = whileSeen(live);
    return () => {
      stream = null;
      end();
    };
  }, [live]);
  useEffect(() => {
    live.renew(session.access_token);
    const early = renewalMilliseconds + Math.random() * renewalSpreadMilliseconds;
    const renewal = setTimeout(
      () => {
        // Who is refused is signed out by the client, and a server that is away is asked again.
        if (standing.status === "live") api.refresh().catch(() => {});
      },
      Math.max(session.expires_in * 1_000 - early, renewalMilliseconds / 2),
    );
    return () => clearTimeout(renewal);
  }, [live, session]);
  usePolling();
}
