// One look at one page in one light: what the judges say, what the page weighs, asks for, and how it lies in its window.

import { judge } from "./judges.mjs";

const WEIGHT = 60 * 1024;
const TARGET = 24;
const POLICY = ["default-src 'none'", "style-src 'self'"];

export const look = async (context, { url, status, lang, cookie }, { width }, shot) => {
    await context.clearCookies();
    if (cookie) await context.addCookies([cookie]);
    const page = await context.newPage();
    const problems = [];
    const host = new URL(url).host;
    const answers = [];
    page.on("request", (request) => {
        if (new URL(request.url()).host !== host) problems.push(`asks another host: ${request.url()}`);
    });
    page.on("response", (response) => answers.push(response));
    page.on("console", (line) => {
        const expected = status >= 400 && line.text().includes(`status of ${status}`);
        if (["error", "warning"].includes(line.type()) && !expected) problems.push(`console: ${line.text()}`);
    });
    page.on("pageerror", (problem) => problems.push(`error in the page: ${problem.message}`));
    try {
        const answer = await page.goto(url, { waitUntil: "networkidle" });
        if (answer.status() !== status) problems.push(`answers ${answer.status()}, not ${status}`);
        problems.push(...headers(answer.headers(), lang));
        problems.push(...await weight(answers));
        problems.push(...await page.evaluate(lay, { width, lang, target: TARGET }));
        await page.screenshot({ path: shot, fullPage: true });
        if (shot && width > 1000) problems.push(...await onPaper(page, shot));
        problems.push(...await judge(page));
    } catch (problem) {
        problems.push(`could not be looked at: ${problem.message}`);
    } finally {
        await page.close();
    }
    return problems;
};

// On paper there is nothing to press and nothing to go to, and nothing is wider than the sheet.
const PAPER = { width: 718, height: 1016 };
const onPaper = async (page, shot) => {
    const before = page.viewportSize();
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(PAPER);
    const problems = await page.evaluate((wide) => {
        const seen = (part) => part.getClientRects().length > 0;
        const pressed = [...document.querySelectorAll("button, nav a, .skip")].filter(seen);
        const problems = pressed.map((part) => `on paper: ${part.outerHTML.slice(0, 80)}`);
        if (document.documentElement.scrollWidth > wide) problems.push("is wider than a sheet of paper");
        return problems;
    }, PAPER.width);
    await page.screenshot({ path: shot.replace(/\.png$/, "-paper.png"), fullPage: true });
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize(before);
    return problems;
};

// What every page must say of itself, whatever it shows.
const headers = (said, lang) => {
    const problems = [];
    const policy = said["content-security-policy"] ?? "";
    for (const part of POLICY) {
        if (!policy.includes(part)) problems.push(`its policy lacks ${part}`);
    }
    if (policy.includes("unsafe")) problems.push(`its policy allows what is unsafe: ${policy}`);
    if (!(said["x-robots-tag"] ?? "").includes("noindex")) problems.push("search engines may index it");
    if (said["content-language"] !== lang) problems.push(`its header says ${said["content-language"]}, not ${lang}`);
    return problems;
};

const weight = async (answers) => {
    let bytes = 0;
    for (const answer of answers) {
        bytes += (await answer.body().catch(() => "")).length;
    }
    return bytes > WEIGHT ? [`weighs ${bytes} bytes with all that it loads, at most ${WEIGHT}`] : [];
};

// Runs in the page.
const lay = ({ width, lang, target }) => {
    const problems = [];
    if (document.documentElement.lang !== lang) problems.push(`says it is in ${document.documentElement.lang}, not ${lang}`);
    const wide = document.documentElement.scrollWidth;
    if (wide > width) problems.push(`scrolls sideways: ${wide} of ${width} pixels`);
    const robots = document.querySelector("meta[name=robots]")?.content ?? "";
    if (!robots.includes("noindex")) problems.push("no meta element keeps search engines out");
    for (const part of document.querySelectorAll("[style], script")) {
        problems.push(`has what the policy forbids: ${part.outerHTML.slice(0, 80)}`);
    }
    for (const touched of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        const box = touched.getBoundingClientRect();
        const style = getComputedStyle(touched);
        // A link inside a sentence is as high as its line (WCAG 2.5.8, inline); what is out of sight cannot be missed.
        const inline = style.display === "inline" && touched.parentElement.textContent.trim() !== touched.textContent.trim();
        const unseen = box.width <= 1 || box.bottom <= 0;
        if (!inline && !unseen && (box.width < target || box.height < target)) {
            const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
            problems.push(`a target of ${size} pixels: ${touched.outerHTML.slice(0, 80)}`);
        }
    }
    for (const part of document.querySelectorAll("main *")) {
        const own = [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (own && part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline"
            && !part.classList.contains("unseen")) {
            problems.push(`text runs out of its box: ${part.outerHTML.slice(0, 80)}`);
        }
    }
    return problems;
};

// The page without scripts is the very page with them.
export const sameWithoutScripts = async (browser, { url, cookie }) => {
    const read = async (javaScriptEnabled) => {
        const context = await browser.newContext({ javaScriptEnabled, locale: "en-GB" });
        try {
            if (cookie) await context.addCookies([cookie]);
            const page = await context.newPage();
            await page.goto(url, { waitUntil: "networkidle" });
            return await page.content();
        } finally {
            await context.close();
        }
    };
    const [off, on] = [await read(false), await read(true)];
    return off === on ? [] : ["differs from the page with scripts"];
};
