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
    retryAfter === null ? null : Number.parseInt(retryAfter, 10),
  );
}

export function unreachable(): APIError {
  return new APIError(0, "network.unreachable", "The server cannot be reached. Try again.");
}

/** "amount must not be zero": the server's messages go on from the field's name. */
function sentence(field: string, message: string): string {
  const isWhole = message.charAt(0) !== message.charAt(0).toLowerCase();
  return isWhole ? message : `${field.replace(/_id$/, "").replaceAll("_", " ")} ${message}`;
}

export function messageOf(error: unknown): string {
  if (error instanceof APIError && error.status === 422) {
    const sentences = Object.entries(error.fields).map(([field, message]) =>
      sentence(field, message),
    );
    return sentences.length > 0 ? sentences.join(". ") : error.message;
  }
  return error instanceof Error ? error.message : "Something went wrong.";
}
