// @ts-self-types="./openapiTypes.d.mts"
// TypeScript from the schemas of an OpenAPI 3.1 description.
const heading = "// Generated from docs/openapi.json by scripts/api-types.mjs. Do not edit.\n\n";

const plain = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};
const isName = /^[A-Za-z_$][\w$]*$/;

function refName(ref) {
  return ref.replace("#/components/schemas/", "");
}

function union(types) {
  const all = [...new Set(types)];
  // "null" last, as a person would write it.
  return [...all.filter((type) => type !== "null"), ...all.filter((type) => type === "null")].join(
    " | ",
  );
}

function literal(value) {
  return value === null ? "null" : JSON.stringify(value);
}

function arrayOf(items, indent) {
  const type = typeOf(items ?? {}, indent);
  return /[|&]/.test(type) && !type.startsWith("{") ? `(${type})[]` : `${type}[]`;
}

function objectOf({ properties, required = [], additionalProperties }, indent) {
  if (!properties) {
    if (typeof additionalProperties === "object") {
      return `Record<string, ${typeOf(additionalProperties, indent)}>`;
    }
    return "Record<string, unknown>";
  }
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const key = isName.test(name) ? name : JSON.stringify(name);
    const mark = required.includes(name) ? "" : "?";
    return `${inner}${key}${mark}: ${typeOf(schema, inner)};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function single(type, schema, indent) {
  if (type === "array") return arrayOf(schema.items, indent);
  if (type === "object") return objectOf(schema, indent);
  return plain[type] ?? "unknown";
}

/** The TypeScript of a schema. What cannot be told is `unknown`, never `any`. */
export function typeOf(schema, indent = "") {
  if (schema === true || schema === undefined) return "unknown";
  if (schema.$ref) return refName(schema.$ref);
  if ("const" in schema) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return union(choices.map((choice) => typeOf(choice, indent)));
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, indent)).join(" & ");
  if (Array.isArray(schema.type)) {
    return union(schema.type.map((type) => single(type, schema, indent)));
  }
  return single(schema.type ?? (schema.properties ? "object" : undefined), schema, indent);
}

function declaration(name, schema) {
  const about = schema.description ? `/** ${schema.description.replace(/\s+/g, " ")} */\n` : "";
  const type = typeOf(schema);
  const isInterface = type.startsWith("{") && !schema.allOf;
  return isInterface
    ? `${about}export interface ${name} ${type}\n`
    : `${about}export type ${name} = ${type};\n`;
}

/** The whole file, in the order of the description. */
export function typesFile(openapi) {
  const schemas = Object.entries(openapi.components?.schemas ?? {});
  return heading + schemas.map(([name, schema]) => declaration(name, schema)).join("\n");
}
