// Every journey, in each way in which it is walked: with and without scripts, narrow and wide, light and dark, and by the
// keyboard alone.

import { exchange, refusal } from "./exchange.mjs";
import { journey, signingIn } from "./journey.mjs";
import { mentor } from "./mentor.mjs";
import { registrar } from "./registrar.mjs";
import { WAYS } from "./story.mjs";

const STORIES = { exchange, refusal, mentor, registrar };
// The two that a no, a mentor’s own way and a registrar’s morning need: each width, each scheme, scripts on and off.
const FEW = WAYS.filter((way) => way.keyboard || (way.scripts ? way.name.startsWith("1280-light") : way.name.startsWith("320-dark")));

export const journeys = async (browser, town, only, shots, tell) => {
    let walks = 0;
    const walked = async (what, how, problems) => {
        walks += 1;
        tell(`${what} (${how})`, await problems);
    };
    for (const scripts of [false, true]) {
        for (const width of [320, 1280]) {
            const how = `${width}, scripts ${scripts ? "on" : "off"}`;
            await walked("the journey", how, journey(browser, town, scripts, width));
            await walked("signing in", how, signingIn(browser, town, scripts, width));
        }
    }
    for (const [name, walk] of Object.entries(STORIES).filter(([name]) => only === "journeys" || new RegExp(only).test(name))) {
        for (const way of name === "exchange" ? WAYS : FEW) await walked(name, way.name, walk(browser, town, way, shots));
        console.log(`${name} was walked`);
    }
    return walks;
};
