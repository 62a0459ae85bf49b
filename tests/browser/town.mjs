// Two organisations on loopback with a few mentors each, started from the real binary and ended by their process.

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { MENTORS } from "./mentors.mjs";

const PATIENCE = 60_000;
const run = promisify(execFile);

export const until = async (what, met) => {
    const end = Date.now() + PATIENCE;
    for (;;) {
        const value = await met();
        if (value) return value;
        if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
        await new Promise((resume) => setTimeout(resume, 100));
    }
};

class Node {
    constructor(name) {
        this.name = name;
        this.room = mkdtempSync(join(tmpdir(), "mentormesh-browser-"));
        this.data = join(this.room, "data");
        this.printed = "";
    }

    // Runs a command against this node's folder.
    async do(...words) {
        const { stdout } = await run(process.env.MENTORMESH_BIN, ["--data-dir", this.data, ...words]);
        return stdout;
    }

    async start() {
        await this.do("init", "--name", this.name);
        const flags = ["--data-dir", this.data, "serve", "--http", "127.0.0.1:0"];
        const listen = ["/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/udp/0/quic-v1"].flatMap((at) => ["--listen", at]);
        this.child = spawn(process.env.MENTORMESH_BIN, [...flags, ...listen], { stdio: ["ignore", "pipe", "ignore"] });
        this.child.stdout.on("data", (some) => { this.printed += some; });
        const ready = await until(`${this.name} is ready`, () => this.printed.match(/^ready (\S+) org (\S+)$/m));
        [, this.url, this.organisation] = ready;
        const lines = readFileSync(join(this.data, "token"), "utf8").split("\n");
        this.token = lines.find((line) => line.trim() && !line.startsWith("#")).trim();
    }

    // Asks the API as the registrar; comes again while the node is busy.
    async api(method, path, body) {
        const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
        const answer = await until(`${method} ${path}`, async () => {
            const given = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
            return given.status === 503 ? undefined : given;
        });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }

    // Adds somebody who can sign in, and gives their id.
    async adds(name, email, ...roles) {
        const given = roles.flatMap((role) => ["--role", role]);
        return JSON.parse(await this.do("--json", "person", "add", "--name", name, "--email", email, ...given)).id;
    }

    // A link that signs somebody in.
    async link(person) {
        return `/sign-in/${(await this.do("person", "link", person)).split("/sign-in/")[1].split(/\s/)[0]}`;
    }

    // The cookie of somebody who signed in, as a browser keeps it.
    async signsIn(person) {
        const answer = await fetch(this.url + await this.link(person), {
            method: "POST", redirect: "manual", headers: { "sec-fetch-site": "same-origin" },
        });
        const [name, ...value] = answer.headers.get("set-cookie").split(";")[0].split("=");
        return { name, value: value.join("="), url: this.url, httpOnly: true };
    }

    // The newest mail of this kind to somebody that says this, once it is written, with the addresses in it.
    async mail(what, to, says = "") {
        const mail = await until(`${this.name} writes ${what} to ${to}`, async () => {
            const { items } = await this.api("GET", "/api/v1/mail?limit=100");
            for (const { id } of items.filter((item) => item.what === what && item.to === to)) {
                const mail = await this.api("GET", `/api/v1/mail/${id}`);
                if (mail.text.includes(says)) return mail;
            }
            return undefined;
        });
        const lines = mail.text.split("\n").map((line) => line.trim());
        const address = (line) => { const { pathname, search } = new URL(line); return pathname + search; };
        return { ...mail, links: lines.filter((line) => /\/(act|sign-in)\//.test(line)).map(address) };
    }

    // Asks a mentor for somebody, and waits until the mentor was told.
    async asks(name, email, profile, more = {}) {
        const { id } = await this.api("POST", "/api/v1/introductions", {
            profile,
            title: "A first campaign, and where to begin",
            purpose: "I move from accountancy to public relations and would like to hear how you began.\n\nThank you either way.",
            offer: "intro_15",
            mentee: { name, email },
            ...more,
        });
        await this.stands(id, "delivered", "notified");
        return id;
    }

    async stands(id, ...states) {
        const now = async () => (await this.api("GET", `/api/v1/introductions/${id}`)).state;
        await until(`${id} is ${states.join(" or ")}`, async () => states.includes(await now()));
    }

    async step(id, step, body = {}) {
        await this.api("POST", `/api/v1/introductions/${id}/${step}`, body);
    }

    async publish(listing) {
        const { id } = await this.api("POST", "/api/v1/listings", listing);
        await this.api("POST", `/api/v1/listings/${id}/publish`, {});
        return `${this.organisation}.${id}`;
    }

    async end() {
        if (this.child && this.child.exitCode === null) {
            const gone = new Promise((resume) => this.child.once("exit", resume));
            this.child.kill("SIGTERM");
            await gone;
        }
        rmSync(this.room, { recursive: true, force: true });
    }
}

// Two nodes that know one another, and a third that knows nobody: an empty register has pages, too.
export const found = async () => {
    const ada = new Node("Ada’s Institute of Public Relations");
    const bo = new Node("Bo’s Association of Engineers");
    const empty = new Node("Cy’s New Academy");
    const nodes = [ada, bo, empty];
    const end = async () => { await Promise.all(nodes.map((node) => node.end())); };
    try {
        await Promise.all(nodes.map((node) => node.start()));
        const ids = { ada: [], bo: [] };
        for (const { at, listing } of MENTORS) {
            ids[at].push(await { ada, bo }[at].publish(listing));
        }
        const ticket = (await bo.do("peer", "ticket")).trim().split("\n").at(-1).trim();
        await ada.do("peer", "join", ticket, "--pin");
        await bo.do("trust", "pin", ada.organisation);
        await Promise.all([ada, bo].map((node) => until(`${node.name} finds everybody`, async () => {
            const { total } = await node.api("GET", "/api/v1/search?q=");
            return total === MENTORS.length;
        })));
        return { ada, bo, empty, ids, end };
    } catch (problem) {
        await end();
        throw problem;
    }
};
