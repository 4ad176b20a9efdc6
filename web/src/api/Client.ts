import { APIError, failure, unreachable } from "./APIError.ts";
import type { Session } from "./types.ts";

export type Query = Record<string, string | number | boolean | null | undefined>;
export type Pagination = {
  page: number | null;
  per_page: number;
  /** Null where counting would take too long. */
  total: number | null;
  total_pages: number | null;
  next_cursor: string | null;
};
export type List<Item> = { data: Item[]; pagination: Pagination };

type Call = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  path: string;
  query?: Query;
  body?: unknown;
  /** The version the person saw; a newer one on the server answers 412. */
  version?: number;
  signal?: AbortSignal;
  /** What is wanted where it is not JSON. */
  accept?: string;
};

export type ClientOptions = {
  baseURL?: string;
  fetch?: typeof fetch;
  newKey?: () => string;
  /** Called once when the session cannot be renewed. */
  onSignedOut?: () => void;
  onSession?: (session: Session) => void;
  /** Asks the person to show once more who is here; false when they would rather not. */
  onProofRequired?: () => Promise<boolean>;
  /** Called when nothing is answered until the person has a second factor. */
  onFactorRequired?: () => void;
  /** Lets one tab of the browser refresh at a time: a refresh token may be used once. */
  exclusively?: <T>(work: () => Promise<T>) => Promise<T>;
};

/**
 * The one way to the server. The access token lives in this object only; the refresh token is
 * a cookie that no script can read. However many requests meet a 401 at once, one refresh is
 * made, the others wait for it, and all are sent again with the key they were first sent with.
 * The same holds for a 403 that asks for fresh proof of the person: one question, then all go on.
 */
export class Client {
  private accessToken: string | null = null;
  private refreshing: Promise<Session> | null = null;
  private proving: Promise<boolean> | null = null;
  /** The household that requests are about; null leaves it to the server: the default one. */
  household: string | null = null;
  private readonly baseURL: string;
  private readonly send: typeof fetch;
  private readonly newKey: () => string;
  /** Keys of writes that no answer came to, by what was sent. */
  private readonly unanswered = new Map<string, string>();

  constructor(private readonly options: ClientOptions = {}) {
    this.baseURL = options.baseURL ?? "/api/v1";
    this.send = options.fetch ?? ((input, init) => fetch(input, init));
    this.newKey = options.newKey ?? randomKey;
  }

  get isSignedIn(): boolean {
    return this.accessToken !== null;
  }

  begin(session: Session): void {
    this.accessToken = session.access_token;
    this.options.onSession?.(session);
  }

  forget(): void {
    this.accessToken = null;
  }

  async get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return (await this.envelope<T>({ method: "GET", path, query, signal })).data;
  }

  async list<T>(path: string, query?: Query, signal?: AbortSignal): Promise<List<T>> {
    const answer = await this.envelope<T[]>({ method: "GET", path, query, signal });
    return { data: answer.data, pagination: answer.pagination ?? onePage(answer.data.length) };
  }

  async post<T>(path: string, body?: unknown, query?: Query): Promise<T> {
    return (await this.envelope<T>({ method: "POST", path, query, body: body ?? {} })).data;
  }

  async put<T>(path: string, body: unknown, version?: number): Promise<T> {
    return (await this.envelope<T>({ method: "PUT", path, body, version })).data;
  }

  async patch<T>(path: string, body: unknown, version?: number): Promise<T> {
    return (await this.envelope<T>({ method: "PATCH", path, body, version })).data;
  }

  async delete<T = null>(path: string, version?: number, query?: Query): Promise<T> {
    return (await this.envelope<T>({ method: "DELETE", path, version, query })).data;
  }

  /** A file for saving; streamed answers are not JSON. */
  async blob(path: string, query?: Query): Promise<Blob> {
    const response = await this.answer({ method: "GET", path, query });
    return response.blob();
  }

  /** An answer without an end. The token stands in a header here too, never in an address. */
  stream(path: string, signal: AbortSignal): Promise<Response> {
    return this.answer({ method: "GET", path, signal, accept: "text/event-stream" });
  }

  /** Renews the session from the cookie; shared by all who ask while it runs. */
  refresh(): Promise<Session> {
    const exclusively = this.options.exclusively ?? ((work) => work());
    this.refreshing ??= exclusively(() => this.renew()).finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async renew(): Promise<Session> {
    const call: Call = { method: "POST", path: "/auth/refresh", body: {} };
    const response = await this.request(call, null, this.newKey());
    if (!response.ok) {
      const error = await failure(response);
      // Only a refusal ends the session: a server that is down may still know it tomorrow.
      if (error.status === 401 || error.status === 403) this.end();
      throw error;
    }
    const session = ((await response.json()) as { data: Session }).data;
    this.begin(session);
    return session;
  }

  private end(): void {
    const wasSignedIn = this.isSignedIn;
    this.forget();
    if (wasSignedIn) this.options.onSignedOut?.();
  }

  private async envelope<T>(call: Call): Promise<{ data: T; pagination?: Pagination }> {
    const text = await (await this.answer(call)).text();
    // Some answers are done with their status.
    if (text === "") return { data: null as T };
    return JSON.parse(text) as { data: T; pagination?: Pagination };
  }

  private async answer(call: Call): Promise<Response> {
    const key = this.keyFor(call);
    let response = await this.authorised(call, key);
    if (await isRefusal(response, 403, (code) => code === proofRequired)) {
      if (!(await this.prove())) throw new APIError(403, proofDeclined, "Nothing was changed.");
      response = await this.authorised(call, key);
    }
    this.unanswered.delete(contentOf(call) ?? "");
    if (response.ok) return response;
    const error = await failure(response);
    if (error.code === "auth.second_factor_required") this.options.onFactorRequired?.();
    throw error;
  }

  private async authorised(call: Call, key: string | null): Promise<Response> {
    const token = this.accessToken;
    const response = await this.request(call, token, key);
    if (token === null || response.status !== 401) return response;
    // A wrong password or code says nothing about the session, and must not be tried twice.
    if (await isRefusal(response, 401, (code) => code.startsWith("auth.invalid_"))) return response;
    // Another request may have renewed the session while this one was under way.
    if (this.accessToken === token) await this.refresh();
    return this.request(call, this.accessToken, key);
  }

  private prove(): Promise<boolean> {
    this.proving ??= (this.options.onProofRequired?.() ?? Promise.resolve(false)).finally(() => {
      this.proving = null;
    });
    return this.proving;
  }

  /**
   * A write whose answer was lost may have been done. Sent once more with the same content,
   * as a person does who presses the button again, it has the same key and happens once.
   */
  private keyFor(call: Call): string | null {
    if (call.method !== "POST") return null;
    const content = contentOf(call);
    if (content === null) return this.newKey();
    const key = this.unanswered.get(content) ?? this.newKey();
    this.unanswered.set(content, key);
    return key;
  }

  private async request(call: Call, token: string | null, key: string | null): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: call.accept ?? "application/json",
      "Martlet-Client": "browser",
    };
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (token && this.household) headers["Martlet-Household"] = this.household;
    if (key) headers["Idempotency-Key"] = key;
    if (call.version !== undefined) headers["If-Match"] = `"${call.version}"`;
    const isForm = call.body instanceof FormData;
    if (call.body !== undefined && !isForm) headers["Content-Type"] = "application/json";
    const body = isForm ? (call.body as FormData) : JSON.stringify(call.body);
    try {
      return await this.send(this.baseURL + call.path + queryString(call.query), {
        method: call.method,
        headers,
        body: call.body === undefined ? undefined : body,
        credentials: "same-origin",
        signal: call.signal,
      });
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw unreachable();
    }
  }
}

const proofRequired = "auth.proof_required";
const proofDeclined = "auth.proof_declined";

/** Whether the person was asked who they are and closed the question: that is no fault. */
export function isDeclined(error: unknown): boolean {
  return error instanceof APIError && error.code === proofDeclined;
}

async function isRefusal(
  response: Response,
  status: number,
  isMeant: (code: string) => boolean,
): Promise<boolean> {
  return response.status === status && isMeant((await failure(response.clone())).code);
}

/** A form's file cannot be told from another of its name: each of them is a write of its own. */
function contentOf({ path, query, body }: Call): string | null {
  if (body instanceof FormData) return null;
  return `${path}${queryString(query)} ${JSON.stringify(body)}`;
}

/** Leaves out what is not set, so that two equal filters make the same address. */
export function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : "";
}

/** `crypto.randomUUID` exists on secure pages only, and a home server may be plain http. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function onePage(total: number): Pagination {
  return { page: 1, per_page: total, total, total_pages: 1, next_cursor: null };
}

export { APIError };
