// Every journey, in each way in which it is walked.

import { journey, signingIn } from "./journey.mjs";

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
    return walks;
};
