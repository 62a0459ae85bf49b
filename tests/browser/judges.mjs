// Two judges of accessibility that nobody here wrote: axe-core and HTML_CodeSniffer.

import { axe, sniffer } from "./packages.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const ERROR = 1;

export const judge = async (page) => [...await byAxe(page), ...await bySniffer(page)];

export const byAxe = async (page) => {
    await page.evaluate(axe);
    const violations = await page.evaluate(async (rules) => {
        const report = await axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
        return report.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
    }, RULES);
    return violations.map(({ id, help, at }) => `axe ${id}: ${help}, ${at.length} times, as in ${at[0].slice(0, 120)}`);
};

export const bySniffer = async (page) => {
    await page.evaluate(sniffer);
    const errors = await page.evaluate((error) => new Promise((resolve, reject) => {
        const done = () => resolve(HTMLCS.getMessages()
            .filter((message) => message.type === error)
            .map((message) => `${message.code}: ${message.msg} ${(message.element.outerHTML ?? "").slice(0, 120)}`));
        HTMLCS.process("WCAG2AA", document, done, () => reject(new Error("HTML_CodeSniffer failed")));
    }), ERROR);
    return errors.map((error) => `HTML_CodeSniffer ${error}`);
};
