// A registrar’s morning: a table with a wrong row, mended and imported; an organisation looked at before it is unpinned and
// pinned; a mail that waits; and the trail of all that.

import { Story } from "./story.mjs";

let count = 0;

export const registrar = (browser, { ada, bo, walker }, way, shots) =>
    new Story(browser, "registrar", way, shots).tell(async (story) => {
        count += 1;
        const rows = (wrong) => `display_name;email;headline\nGil ${count};gil${count}@example.org;Knows locks\nHan ${count};${wrong};Knows dams`;
        const reg = await story.somebody(ada, walker.cookie);
        const { hand } = reg;
        await reg.opens("/desk");
        await reg.looks("desk");
        await hand.follow(reg.link("Import"));
        await hand.type(reg.at("#text"), rows("no address"));
        await hand.press(reg.at("button[value=check]"));
        await reg.reads("1 mentor would be added", "1 line would be left out", "Line 3:");
        await reg.looks("import-wrong");
        await hand.type(reg.at("#text"), rows(`han${count}@example.org`));
        await hand.press(reg.at("button[value=check]"));
        await reg.reads("2 mentors would be added", "0 lines would be left out");
        await reg.looks("import-right");
        await hand.press(reg.button("Import these 2 mentors"));
        await reg.reads("Imported in the last day");
        await hand.follow(reg.link("See the drafts"));
        await reg.reads(`Gil ${count}`, `Han ${count}`);
        await reg.looks("drafts");
        await hand.follow(reg.link(`Han ${count}`));
        await reg.looks("draft");

        await hand.follow(reg.link("Organisations"));
        for (const act of ["Unpin", "Pin"]) {
            await hand.follow(reg.link(bo.name));
            await hand.follow(reg.page.locator(".chips").getByRole("link", { name: act, exact: true }));
            await reg.reads("What this changes");
            await reg.looks(act.toLowerCase());
            await hand.press(reg.button(act));
            await hand.follow(reg.link("Organisations"));
        }
        await hand.follow(reg.page.locator(".tabs").getByRole("link", { name: "Mail", exact: true }));
        await reg.reads("waiting");
        await hand.follow(reg.page.locator(".rows a").first());
        await reg.looks("mail");
        await hand.follow(reg.link("Audit trail"));
        await reg.reads("listing.imported", "trust");
        await reg.looks("trail");
    });
