// @ts-self-types="./harness.d.mts"
export { default as assert } from "node:assert/strict";
export { after, beforeEach, test } from "node:test";
