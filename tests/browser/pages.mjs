// Every page there is without signing in, in each state that looks different.

export const every = ({ ada, empty, ids }) => {
    const at = (name, path, more = {}) => ({ name, url: ada.url + path, status: 200, ...more });
    return [
        at("start", "/"),
        at("found", "/?q=social+media+for+PR"),
        at("filtered", "/?q=writing&language=de&country=DE"),
        at("second", "/?offset=20"),
        at("nobody", "/?q=zeppelin&country=GB"),
        at("refused", `/?q=${"a".repeat(300)}`, { status: 422 }),
        at("mentor", `/mentors/${ids.ada[0]}`),
        at("mentor-hebrew", `/mentors/${ids.ada[1]}`),
        at("mentor-arabic", `/mentors/${ids.bo[0]}`),
        at("mentor-long", `/mentors/${ids.bo[2]}`),
        at("mentor-trainee", `/mentors/${ids.bo[3]}`),
        at("about", "/about"),
        at("privacy", "/privacy"),
        at("complaints", "/complaints"),
        at("unknown", "/mentors/nobody", { status: 404 }),
        { name: "empty", url: `${empty.url}/`, status: 200 },
    ];
};
