import { APIError, isUnreachable } from "../api/APIError.ts";
import { EventReader, type ServerEvent } from "./EventReader.ts";

/**
 * `live`: what changes is told at once. `waiting`: the server is there and has no stream for us
 * now. `offline`: nobody answers. `paused`: nobody looks.
 */
export type LiveStatus = "paused" | "live" | "waiting" | "offline";

export type LiveOptions = {
  open: (signal: AbortSignal) => Promise<Response>;
  onEvent: (event: ServerEvent) => void;
  onStatus: (status: LiveStatus) => void;
  random?: () => number;
  now?: () => number;
  /** Runs `work` later and gives what takes it back. */
  after?: (milliseconds: number, work: () => void) => () => void;
};

/** Two of the server's beats were missed: whoever holds the line has gone. */
export const silentMilliseconds = 45_000;
const firstRetryMilliseconds = 3_000;
const longestWaitMilliseconds = 60_000;
/** A stream that lived as long as this was no failure. */
const steadyMilliseconds = 10_000;
/**
 * Ends that are no fault of anyone: the next stream may begin at once. That of the session is not
 * among them: whoever signs out here is about to leave, and others are told a moment later.
 */
const expectedEnds = ["token_expired", "membership_changed"];

function laterByTimer(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * One stream of the server's events, opened again whenever it ends: soon at first, then ever more
 * seldom, and never by all browsers in the same moment.
 */
export class LiveStream {
  private current: AbortController | null = null;
  private cancelWait: (() => void) | null = null;
  private token: string | null = null;
  /** Streams in a row that did not live. */
  private failures = 0;
  private retryMilliseconds = firstRetryMilliseconds;
  private readonly random: () => number;
  private readonly now: () => number;
  private readonly after: (milliseconds: number, work: () => void) => () => void;

  constructor(private readonly options: LiveOptions) {
    this.random = options.random ?? Math.random;
    this.now = options.now ?? (() => performance.now());
    this.after = options.after ?? laterByTimer;
  }

  /** Does nothing while there is a stream; one that waits for its turn has it now. */
  start(): void {
    if (this.current === null) void this.connect();
  }

  stop(): void {
    this.leave();
    this.options.onStatus("paused");
  }

  /** The network came or went, which a stream may not notice for a while. */
  tryNow(): void {
    void this.connect();
  }

  /** A stream ends with its token. A server that refuses each new one is not asked ever faster. */
  renew(token: string): void {
    const isNew = this.token !== null && token !== this.token;
    this.token = token;
    if (!isNew || (this.current === null && this.cancelWait === null)) return;
    this.leave();
    if (this.failures > 2) this.wait();
    else void this.connect();
  }

  private leave(): void {
    this.cancelWait?.();
    this.cancelWait = null;
    this.current?.abort();
    this.current = null;
  }

  private async connect(): Promise<void> {
    this.leave();
    const controller = new AbortController();
    this.current = controller;
    this.failures += 1;
    let began = Infinity;
    let reason: string | null = null;
    let problem: unknown = null;
    try {
      const response = await this.options.open(controller.signal);
      // Nobody waits for this one any more.
      if (this.current !== controller) return void response.body?.cancel().catch(() => {});
      began = this.now();
      this.options.onStatus("live");
      reason = await this.listen(response, controller);
    } catch (error) {
      problem = error;
    }
    if (this.current !== controller) return;
    this.current = null;
    controller.abort();
    if (this.now() - began >= steadyMilliseconds) this.failures = 0;
    this.goOn(reason, problem);
  }

  /** Hears until the end, and gives the reason for it, where the server says one. */
  private async listen(response: Response, controller: AbortController): Promise<string | null> {
    const body = response.body?.getReader();
    if (!body) return null;
    const events = new EventReader();
    // A page that is being left may refuse the cancellation: there is nothing more to end.
    const cut = () => void body.cancel().catch(() => {});
    controller.signal.addEventListener("abort", cut);
    try {
      for (;;) {
        const stopWatch = this.after(silentMilliseconds, cut);
        const { value, done } = await body.read().finally(stopWatch);
        if (done || this.current !== controller) return null;
        for (const event of events.read(value)) {
          if (event.type === "end") return (JSON.parse(event.data) as { reason: string }).reason;
          this.options.onEvent(event);
        }
        this.retryMilliseconds = events.retryMilliseconds ?? this.retryMilliseconds;
      }
    } finally {
      controller.signal.removeEventListener("abort", cut);
      cut();
    }
  }

  private goOn(reason: string | null, problem: unknown): void {
    if (reason === "membership_changed") this.options.onEvent({ type: reason, data: "" });
    if (reason !== null && expectedEnds.includes(reason) && this.failures <= 1) {
      return void this.connect();
    }
    this.options.onStatus(isUnreachable(problem) ? "offline" : "waiting");
    this.wait(problem instanceof APIError ? problem.retryAfterSeconds : null);
  }

  /** Between half of what it could be and all of it, so that browsers come back one by one. */
  private wait(leastSeconds: number | null = null): void {
    const doubled = this.retryMilliseconds * 2 ** Math.max(0, Math.min(this.failures, 10) - 1);
    const most = Math.min(doubled, longestWaitMilliseconds);
    const wait = Math.max(most * (0.5 + this.random() / 2), (leastSeconds ?? 0) * 1_000);
    this.cancelWait = this.after(wait, () => {
      this.cancelWait = null;
      this.start();
    });
  }
}
