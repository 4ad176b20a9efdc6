// A stand-in for the server while pages are made: `node web/test/mock/server.mjs [port]`.
// It serves web/dist under the same content security policy as the real one.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "./books.mjs";
import { routes } from "./routes.mjs";
import { home } from "./homes.mjs";
import { tellVersion } from "./notices.mjs";
import { bySession, byToken } from "./people.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../../dist");
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".json": "application/json",
};

function serveFile(request, response, path) {
  const wanted = join(dist, path === "/" ? "index.html" : path);
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, "index.html");
  const headers = {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": policy,
  };
  const wantsBrotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
  if (wantsBrotli && existsSync(`${file}.br`)) {
    response
      .writeHead(200, { ...headers, "Content-Encoding": "br" })
      .end(readFileSync(`${file}.br`));
  } else response.writeHead(200, headers).end(readFileSync(file));
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("multipart/")) {
    return new Response(bytes, { headers: { "content-type": type } }).formData();
  }
  return bytes.length > 0 ? JSON.parse(bytes.toString()) : {};
}

/** Routes for whoever is not signed in. */
const open =
  /^\/(auth\/(methods|register|login|refresh|second-factor.*|passkey.*|oidc.*|request-password-reset|reset-password|verify-email)|invitations\/look|pages\/.*|currencies)$/;

function envelope(data, pagination) {
  const shape = { data, timestamp: new Date().toISOString(), request_id: randomUUID() };
  return JSON.stringify(pagination ? { ...shape, pagination } : shape);
}

async function serveAPI(request, response, url) {
  const path = url.pathname.replace("/api/v1", "");
  const query = Object.fromEntries(url.searchParams);
  const body = await bodyOf(request);
  const cookie = /martlet_refresh=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  const bearer = request.headers.authorization?.replace("Bearer ", "");
  for (const [method, pattern, handle] of routes) {
    const match = request.method === method && pattern.exec(path);
    if (!match) continue;
    const isPublic = open.test(path);
    const visit = bySession(bearer) ?? byToken(bearer, method, path);
    const isHere = visit?.person.sessions.includes(visit.session);
    if (!isPublic && !isHere) throw new Refusal(401, "auth.required", "Sign in first");
    const person = visit?.person;
    const shown = person && home(person, request.headers["martlet-household"]);
    const answer = await handle({
      query,
      body,
      person,
      visit,
      home: shown,
      books: shown?.books,
      cookie,
      id: match[1],
      ids: match.slice(1),
      second: match[2],
      agent: request.headers["user-agent"],
      origin: `http://${request.headers.host}`,
    });
    if (answer.stream) return answer.stream(response);
    // Whatever was written to the books makes what others have read old.
    if (method !== "GET" && shown && !path.startsWith("/notices")) tellVersion(shown.books);
    if (answer.file) {
      return response.writeHead(200, { "Content-Type": answer.type }).end(answer.file);
    }
    const headers = { "Content-Type": "application/json" };
    if (answer.cookie !== undefined) {
      headers["Set-Cookie"] =
        `martlet_refresh=${answer.cookie}; Path=/api/v1/auth; HttpOnly; SameSite=Strict`;
    }
    if (answer.status === 204 || answer.data === null) {
      return response.writeHead(answer.status, headers).end();
    }
    return response
      .writeHead(answer.status ?? 200, headers)
      .end(envelope(answer.data, answer.pagination));
  }
  throw new Refusal(404, "not_found", `There is no ${request.method} ${path}`);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://mock");
  if (!url.pathname.startsWith("/api/")) return serveFile(request, response, url.pathname);
  try {
    await serveAPI(request, response, url);
  } catch (error) {
    const { status = 500, code = "internal", message, details = null } = error;
    if (status === 500) console.error(error);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        error: { code, message, details },
        timestamp: new Date().toISOString(),
        request_id: randomUUID(),
      }),
    );
  }
});

const port = Number(process.argv[2] ?? 8090);
server.listen(port, "127.0.0.1", () => console.log(`mock on http://127.0.0.1:${port}`));
