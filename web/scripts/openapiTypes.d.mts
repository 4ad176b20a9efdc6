export function typeOf(schema: unknown, indent?: string): string;
export function typesFile(openapi: unknown): string;
