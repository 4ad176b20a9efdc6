// Runs before the first paint, so that a chosen theme does not flash; it is a file of its own
// because the content security policy allows no script inside the page.
import { applyTheme, storedTheme } from "./app/themeStorage.ts";

applyTheme(storedTheme());
