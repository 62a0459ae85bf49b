// The order of the show: two nodes come up, every page is looked at in every light, the journeys are walked, the judges
// prove that they still see, and one line per finding is printed. The exit code is 1 when there is any.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { launch } from "./packages.mjs";
import { found } from "./town.mjs";
import { scenes } from "./scenes.mjs";
import { every, unseen } from "./pages.mjs";
import { LOOKS, look, sameWithoutScripts } from "./look.mjs";
import { search } from "./keyboard.mjs";
import { journeys } from "./journeys.mjs";
import { blind } from "./blind.mjs";

// Pages that are looked at at the same time.
const ABREAST = Number(process.env.BROWSER_ABREAST ?? 2);
const ACCESS = new URL("../../node/src/http/access.rs", import.meta.url);

const began = Date.now();
const minutes = () => `${((Date.now() - began) / 60_000).toFixed(1)} minutes`;
const findings = [];
const tell = (where, problems) => {
    for (const problem of problems) {
        findings.push(`${where}: ${problem}`);
        console.log(`FOUND ${where}: ${problem}`);
    }
};

const judged = async (browser, page, shots) => {
    const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
    try {
        const { problems, text } = await look(context, page, LOOKS, (light) => join(shots, `${page.name}-${light}.png`));
        tell(page.name, problems);
        tell(`${page.name} (scripts off)`, await sameWithoutScripts(browser, page, text));
    } finally {
        await context.close();
    }
};

const shots = process.env.BROWSER_SHOTS;
mkdirSync(shots, { recursive: true });
const town = await found();
let browser;
try {
    browser = await launch();
    const only = process.env.BROWSER_ONLY ?? "";
    Object.assign(town, await scenes(town));
    const all = every(town);
    tell("the pages", unseen(readFileSync(ACCESS, "utf8"), all));
    const pages = all.filter((page) => new RegExp(only).test(page.name));
    const waiting = [...pages];
    await Promise.all(Array.from({ length: ABREAST }, async () => {
        for (let page = waiting.shift(); page; page = waiting.shift()) await judged(browser, page, shots);
    }));
    const looks = pages.length * LOOKS.length;
    console.log(`${pages.length} pages × ${LOOKS.length} lights: ${looks} looks, ${findings.length} findings, after ${minutes()}`);
    for (const width of [320, 1280]) tell(`a search (${width})`, await search(browser, town, width));
    const walks = await journeys(browser, town, only, shots, tell);
    tell("the judges", await blind(browser, town));
    console.log(`screenshots: ${shots}`);
    console.log([
        `${pages.length} pages × ${LOOKS.length} lights = ${looks} looks by axe-core and HTML_CodeSniffer`,
        "each the same without scripts and walked by keyboard at both widths",
        `${walks} journeys`,
        `${minutes()}`,
        `${findings.length} findings`,
    ].join("; "));
} finally {
    await browser?.close();
    await town.end();
}
process.exitCode = findings.length === 0 ? 0 : 1;
