export type FieldProblem = { field: string; code: string; message: string };

/** A refusal by the server, or the absence of any answer (status 0). */
export class APIError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
    this.name = "APIError";
  }

  /** Every wrong field of a 422, by name. */
  get fields(): Record<string, string> {
    const list = (this.details as { fields?: FieldProblem[] } | null)?.fields ?? [];
    return Object.fromEntries(list.map(({ field, message }) => [field, message]));
  }
}

type FailureBody = { error?: { code?: string; message?: string; details?: unknown } };

export async function failure(response: Response): Promise<APIError> {
  let body: FailureBody = {};
  try {
    body = (await response.json()) as FailureBody;
  } catch {
    // A proxy may answer in HTML: the status alone then tells what is known.
  }
  const retryAfter = response.headers.get("Retry-After");
  return new APIError(
    response.status,
    body.error?.code ?? `http.${response.status}`,
    body.error?.message ?? `The server answered ${response.status}.`,
    body.error?.details ?? null,
    secondsOf(retryAfter),
  );
}

/** A proxy may write a date instead, which tells us nothing that we would say. */
function secondsOf(retryAfter: string | null): number | null {
  const seconds = Number.parseInt(retryAfter ?? "", 10);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof APIError && error.status === 0;
}

export function unreachable(): APIError {
  return new APIError(0, "network.unreachable", "The server cannot be reached. Try again.");
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** "amount must not be zero": the server's messages go on from the field's name. */
function sentence(field: string, message: string): string {
  const isWhole = message.charAt(0) !== message.charAt(0).toLowerCase();
  return isWhole ? message : `${field.replace(/_id$/, "").replaceAll("_", " ")} ${message}`;
}

/** "in 20 seconds", "in 14 minutes": rounded up, so that it is true when tried. */
export function waitingTime(seconds: number): string {
  const [count, unit] = seconds < 90 ? [Math.max(1, seconds), "second"] : minutes(seconds);
  return `in ${count} ${unit}${count === 1 ? "" : "s"}`;
}

function minutes(seconds: number): [number, string] {
  const whole = Math.ceil(seconds / 60);
  return whole < 90 ? [whole, "minute"] : [Math.ceil(whole / 60), "hour"];
}

const waiting = [423, 429, 503];

export function messageOf(error: unknown): string {
  if (error instanceof APIError && waiting.includes(error.status) && error.retryAfterSeconds) {
    if (/again in \d/.test(error.message)) return error.message;
    return `${withStop(error.message)} Try again ${waitingTime(error.retryAfterSeconds)}.`;
  }
  if (error instanceof APIError && error.status === 422) {
    const sentences = Object.entries(error.fields).map(([field, message]) =>
      sentence(field, message),
    );
    return sentences.length > 0 ? sentences.join(". ") : error.message;
  }
  return error instanceof Error ? error.message : "Something went wrong.";
}
