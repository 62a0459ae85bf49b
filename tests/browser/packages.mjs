// What npm installed outside this folder, and the browser that it drives.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BROWSER_ROOMS, "package.json"));
const { chromium } = require("playwright-core");

// The text of a judge, to be run in the page: the pages' own policy lets no script in by an address.
const text = (module) => readFileSync(require.resolve(module), "utf8");
export const axe = text("axe-core/axe.min.js");
export const sniffer = text("html_codesniffer/build/HTMLCS.js");

export const launch = () =>
    chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
