/// The page at `/docs`: it reads `/openapi.json` and shows it, under the same strict policy as
/// every page.
enum DocsPage {
    static let html = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>Martlet API</title>
            <link rel="stylesheet" href="/docs/docs.css" />
            <script type="module" src="/docs/docs.js"></script>
          </head>
          <body>
            <header>
              <h1 id="title">Martlet API</h1>
              <p id="about"></p>
              <p>
                The machine's version is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).
                <label>Find <input id="find" type="search" autocomplete="off" /></label>
              </p>
            </header>
            <main id="routes"><p>Reading the description…</p></main>
            <noscript>This page needs a script to show /openapi.json.</noscript>
          </body>
        </html>

        """

    static let style = """
        :root { color-scheme: light dark; --line: #8884; --quiet: #777; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
        h1 { margin: 0.5rem 0; } h2 { border-bottom: 1px solid var(--line); margin-top: 2rem; }
        details { border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
        summary { cursor: pointer; } summary code { font-weight: 600; }
        .method { display: inline-block; font: 600 12px ui-monospace, monospace; width: 4.5rem; }
        .quiet { color: var(--quiet); }
        table { border-collapse: collapse; margin: 0.4rem 0 0.8rem; width: 100%; }
        th, td { border-top: 1px solid var(--line); padding: 0.2rem 0.5rem; text-align: left;
          vertical-align: top; }
        th { font-weight: 500; } code, pre { font: 13px/1.45 ui-monospace, monospace; }
        pre { overflow-x: auto; padding: 0.5rem; background: #8881; }
        h3 { font-size: 14px; margin: 0.8rem 0 0.2rem; }

        """

    static let script = """
        const element = (name, text, className) => {
          const made = document.createElement(name);
          if (text !== undefined) made.textContent = text;
          if (className) made.className = className;
          return made;
        };

        const resolve = (api, part) =>
          part && part.$ref
            ? part.$ref.slice(2).split("/").reduce((at, key) => at[key], api)
            : part;

        const nameOf = (ref) => ref.slice(ref.lastIndexOf("/") + 1);

        function words(schema) {
          if (!schema) return "";
          if (schema.$ref) return nameOf(schema.$ref);
          if (schema.anyOf) return schema.anyOf.map(words).join(" or ");
          if (schema.enum && schema.enum.length > 12) return "one of " + schema.enum.length + " words";
          if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
          if (schema.type === "array") return "list of " + words(schema.items);
          const types = [schema.type ?? "anything"].flat().join(" or ");
          const limits = [];
          if (schema.format) limits.push(schema.format);
          if (schema.maxLength !== undefined) {
            limits.push((schema.minLength ?? 0) + " to " + schema.maxLength + " characters");
          }
          if (schema.maximum !== undefined) limits.push(schema.minimum + " to " + schema.maximum);
          return limits.length ? types + " (" + limits.join(", ") + ")" : types;
        }

        function table(rows) {
          const made = element("table");
          for (const [name, about, note] of rows) {
            const row = made.insertRow();
            const head = element("th");
            head.append(element("code", name));
            row.append(head, element("td", about), element("td", note, "quiet"));
          }
          return made;
        }

        function shape(api, schema, depth = 0) {
          const seen = resolve(api, schema);
          if (!seen || !seen.properties || depth > 6) return [];
          const required = new Set(seen.required ?? []);
          return Object.entries(seen.properties).map(([name, field]) => [
            name, words(field), required.has(name) ? "required" : "",
          ]);
        }

        function bodyOf(api, operation) {
          const content = operation.requestBody?.content ?? {};
          return Object.entries(content).map(([type, { schema }]) => {
            const part = element("section");
            part.append(element("h3", "Body: " + type), table(shape(api, schema)));
            return part;
          });
        }

        function answersOf(api, operation) {
          const rows = Object.entries(operation.responses).map(([status, response]) => {
            const found = resolve(api, response);
            const schema = Object.values(found.content ?? {})[0]?.schema;
            const data = schema?.properties?.data;
            return [status, found.description, response.$ref ? "" : words(data ?? schema)];
          });
          return [element("h3", "Answers"), table(rows)];
        }

        function operation(api, path, method, described) {
          const made = element("details");
          const head = element("summary");
          head.append(
            element("span", method.toUpperCase(), "method"), element("code", path),
            element("span", " " + described.summary, "quiet"));
          made.append(head);
          const parameters = (described.parameters ?? []).map((one) => [
            one.name, one.in + ": " + words(one.schema), one.required ? "required" : "",
          ]);
          if (parameters.length) made.append(element("h3", "Parameters"), table(parameters));
          made.append(...bodyOf(api, described), ...answersOf(api, described));
          made.dataset.text = (method + " " + path + " " + described.summary).toLowerCase();
          return made;
        }

        function show(api) {
          document.getElementById("title").textContent = api.info.title + " " + api.info.version;
          document.getElementById("about").textContent = api.info.description;
          const main = document.getElementById("routes");
          main.replaceChildren();
          const groups = new Map();
          for (const [path, methods] of Object.entries(api.paths)) {
            for (const [method, described] of Object.entries(methods)) {
              const tag = described.tags[0];
              if (!groups.has(tag)) groups.set(tag, []);
              groups.get(tag).push(operation(api, path, method, described));
            }
          }
          for (const [tag, operations] of groups) main.append(element("h2", tag), ...operations);
          main.append(element("h2", "Shapes"));
          for (const [name, schema] of Object.entries(api.components.schemas)) {
            const made = element("details");
            made.append(element("summary", name), table(shape(api, schema)));
            made.dataset.text = name.toLowerCase();
            main.append(made);
          }
        }

        document.getElementById("find").addEventListener("input", (event) => {
          const wanted = event.target.value.toLowerCase();
          for (const one of document.querySelectorAll("details")) {
            one.hidden = !one.dataset.text.includes(wanted);
          }
        });

        const answer = await fetch("/openapi.json");
        show(await answer.json());

        """
}
