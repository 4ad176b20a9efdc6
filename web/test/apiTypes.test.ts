import { assert, test } from "./harness.mjs";
import { typeOf, typesFile } from "../scripts/openapiTypes.mjs";

const cases: [schema: unknown, type: string][] = [
  [{ type: "string" }, "string"],
  [{ type: "integer" }, "number"],
  [{ type: ["null", "string"] }, "string | null"],
  [{ enum: ["csv", "ofx", null] }, '"csv" | "ofx" | null'],
  [{ type: ["string", "null"], enum: ["csv", null] }, '"csv" | null'],
  [{ $ref: "#/components/schemas/Account" }, "Account"],
  [{ oneOf: [{ type: "null" }, { $ref: "#/components/schemas/Mapping" }] }, "Mapping | null"],
  [{ type: "array", items: { type: ["string", "null"] } }, "(string | null)[]"],
  [{ type: "array", items: { $ref: "#/components/schemas/Row" } }, "Row[]"],
  [{ type: "object", additionalProperties: { type: "string" } }, "Record<string, string>"],
  [{}, "unknown"],
];

for (const [schema, type] of cases) {
  test(`${JSON.stringify(schema)} is ${type}`, () => {
    assert.equal(typeOf(schema), type);
  });
}

test("an object's keys are optional unless required, and nest", () => {
  const file = typesFile({
    components: {
      schemas: {
        Period: { type: "object", properties: { from: { type: "string" } }, required: ["from"] },
        Batch: {
          description: "A file\n being imported.",
          type: "object",
          required: ["period"],
          properties: {
            period: { $ref: "#/components/schemas/Period" },
            progress: { type: "object", properties: { done: { type: "integer" } } },
          },
        },
      },
    },
  });

  assert.equal(
    file.split("\n").slice(2).join("\n"),
    `export interface Period {
  from: string;
}

/** A file being imported. */
export interface Batch {
  period: Period;
  progress?: {
    done?: number;
  };
}
`,
  );
});
