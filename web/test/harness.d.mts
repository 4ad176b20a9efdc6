// What the tests use of node's own. Its types are not in every distribution.
export function test(name: string, run: () => void | Promise<void>): void;
export function after(run: () => void): void;
export function beforeEach(run: () => void): void;
export declare const assert: {
    equal<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(text: string, pattern: RegExp, message?: string): void;
    ok(claim: unknown, message?: string): asserts claim;
    throws(run: () => unknown, expected?: unknown, message?: string): void;
    rejects(promise: Promise<unknown>, expected?: unknown): Promise<void>;
};
