export type ServerEvent = { type: string; data: string };

/** The server's events are a line each: whatever is longer is none of them. */
const longestEvent = 65_536;

/**
 * Server-sent events out of bytes as they come, cut anywhere.
 *
 * Source: WHATWG HTML, 9.2.6 "Interpreting an event stream". Ids are left out: the server says at
 * the start of each stream where everything stands, so none is ever taken up again.
 */
export class EventReader {
  private readonly decoder = new TextDecoder();
  private line = "";
  private hasReturn = false;
  private type = "";
  private data: string[] = [];
  private size = 0;
  /** How long the server wants to be left alone between two streams; null until it says so. */
  retryMilliseconds: number | null = null;

  /** The events that these bytes complete. Throws when one is too long. */
  read(bytes: Uint8Array): ServerEvent[] {
    const events: ServerEvent[] = [];
    for (const piece of this.linesIn(this.decoder.decode(bytes, { stream: true }))) {
      const event = this.take(piece);
      if (event) events.push(event);
    }
    return events;
  }

  /** Lines end in CR, LF or both; the two of one end may come apart. */
  private linesIn(text: string): string[] {
    if (text === "") return [];
    const isSecondHalf = this.hasReturn && text.startsWith("\n");
    this.hasReturn = text.endsWith("\r");
    const lines = (isSecondHalf ? text.slice(1) : text).split(/\r\n|\r|\n/);
    lines[0] = this.line + (lines[0] ?? "");
    this.line = lines.pop() ?? "";
    if (this.line.length + this.size > longestEvent) throw new Error("An event is too long.");
    return lines;
  }

  private take(line: string): ServerEvent | null {
    if (line === "") return this.finish();
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const rest = colon < 0 ? "" : line.slice(colon + 1);
    const value = rest.startsWith(" ") ? rest.slice(1) : rest;
    // A line that begins with a colon has no name: a sign of life and nothing else.
    if (name === "event") this.type = value;
    if (name === "data") {
      this.data.push(value);
      this.size += value.length + 1;
    }
    if (name === "retry" && /^[0-9]+$/.test(value)) this.retryMilliseconds = Number(value);
    if (this.size > longestEvent) throw new Error("An event is too long.");
    return null;
  }

  private finish(): ServerEvent | null {
    const { type, data } = this;
    this.type = "";
    this.data = [];
    this.size = 0;
    return data.length > 0 ? { type: type || "message", data: data.join("\n") } : null;
  }
}
