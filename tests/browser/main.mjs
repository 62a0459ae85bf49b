// The order of the show: two nodes come up, every page is looked at in every light, the judges prove that they still
// see, and one line per finding is printed. The exit code is 1 when there is any.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch } from "./packages.mjs";
import { found } from "./town.mjs";
import { every } from "./pages.mjs";
import { look, sameWithoutScripts } from "./look.mjs";
import { keyboard } from "./keyboard.mjs";
import { journey, signingIn } from "./journey.mjs";
import { blind } from "./blind.mjs";

const LOOKS = [
    { name: "320-light", width: 320, colorScheme: "light" },
    { name: "320-dark", width: 320, colorScheme: "dark" },
    { name: "1280-light", width: 1280, colorScheme: "light" },
    { name: "1280-dark", width: 1280, colorScheme: "dark" },
];

const findings = [];
const tell = (where, problems) => {
    for (const problem of problems) {
        findings.push(`${where}: ${problem}`);
        console.log(`FOUND ${where}: ${problem}`);
    }
};

const shots = process.env.BROWSER_SHOTS;
mkdirSync(shots, { recursive: true });
const town = await found();
let browser;
try {
    browser = await launch();
    const only = process.env.BROWSER_ONLY ?? "";
    const pages = every(town).filter((page) => page.name.includes(only));
    let looks = 0;
    for (const as of LOOKS) {
        const context = await browser.newContext({
            viewport: { width: as.width, height: 800 },
            colorScheme: as.colorScheme,
            locale: "en-GB",
            reducedMotion: "reduce",
        });
        for (const page of pages) {
            const where = `${page.name} (${as.name})`;
            tell(where, await look(context, page, as, join(shots, `${page.name}-${as.name}.png`)));
            looks += 1;
        }
        await context.close();
    }
    console.log(`${pages.length} pages looked at in ${LOOKS.length} lights: ${looks} looks`);
    for (const page of pages) {
        tell(`${page.name} (scripts off)`, await sameWithoutScripts(browser, page));
    }
    console.log(`${pages.length} pages are the same without scripts`);
    for (const width of [320, 1280]) {
        for (const page of pages) {
            tell(`${page.name} (keyboard, ${width})`, await keyboard(browser, page, width));
        }
    }
    console.log(`${pages.length} pages walked by keyboard alone`);
    for (const scripts of [false, true]) {
        for (const width of [320, 1280]) {
            const how = `${width}, scripts ${scripts ? "on" : "off"}`;
            tell(`the journey (${how})`, await journey(browser, town, scripts, width));
            tell(`signing in (${how})`, await signingIn(browser, town, scripts, width));
        }
    }
    console.log("the journeys to a mentor and to one’s own page walked four times each");
    tell("the judges", await blind(browser, town));
} finally {
    await browser?.close();
    await town.end();
}
console.log(`screenshots: ${shots}`);
console.log(findings.length === 0 ? "nothing found" : `${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
