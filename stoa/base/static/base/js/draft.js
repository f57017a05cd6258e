// Keeps what is being written under data-draft: at once on this device, a moment later among its writer's drafts, so that any device goes
// on with it. What another device changed meanwhile is offered, never overwritten. It goes when the form was taken.
const PREFIX = "draft:";
const WAIT = 1500;
const KEPT_DAYS = 30;

function local(key) {
  return JSON.parse(localStorage.getItem(PREFIX + key) || "null");
}

function tidy() {
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const { at = 0 } = JSON.parse(localStorage[name] || "{}");
    if (Date.now() - at > KEPT_DAYS * 86400000) localStorage.removeItem(name);
  }
}

export default async function draft(box) {
  const key = box.dataset.draft;
  const form = box.form;
  const address = `/drafts/${encodeURIComponent(key)}/`;
  const heading = form?.elements.title;
  const note = document.querySelector(`[data-draft-of="${CSS.escape(box.id)}"]`);
  const clash = document.querySelector(`[data-clash-of="${CSS.escape(box.id)}"]`);
  let version = 0;
  let waiting = 0;
  let saving = null;
  let again = false;
  let leaving = false;

  const typed = () => ({ text: box.value, title: heading?.value ?? "" });
  const same = (one, other) => one.text === other.text && one.title === other.title;
  const asTyped = (kept) => ({ text: kept.source, title: heading ? kept.title : "" });

  function say(words) {
    if (!note) return;
    note.textContent = note.dataset[words] ?? "";
    note.hidden = !words;
  }

  function keepHere(synced) {
    const now = typed();
    if (now.text || now.title) localStorage.setItem(PREFIX + key, JSON.stringify({ ...now, version, synced, at: Date.now() }));
    else localStorage.removeItem(PREFIX + key);
  }

  function write(what) {
    box.value = what.text;
    if (heading) heading.value = what.title;
    box.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "restored" }));
  }

  function offer(other) {
    if (!clash) return;
    clash.hidden = false;
    clash.querySelector("[data-take]").onclick = () => { version = other.version; write(asTyped(other)); keepHere(true); clash.hidden = true; };
    clash.querySelector("[data-stay]").onclick = () => { version = other.version; clash.hidden = true; save(); };
  }

  async function save() {
    clearTimeout(waiting);
    waiting = 0;
    if (leaving || (clash && !clash.hidden)) return;
    if (saving) { again = true; return; }
    const body = new FormData();
    const sent = typed();
    for (const [name, value] of Object.entries({
      _method: "PUT", csrfmiddlewaretoken: form?.elements.csrfmiddlewaretoken?.value ?? "", source: sent.text, title: sent.title,
      version, address: location.pathname,
    })) body.set(name, value);
    saving = new AbortController();
    try {
      const answer = await fetch(address, { method: "POST", body, keepalive: sent.text.length < 20000, signal: saving.signal });
      if (answer.status === 409) offer(await answer.json());
      else if (answer.ok) {
        version = answer.status === 204 ? 0 : (await answer.json()).version;
        keepHere(same(sent, typed()));
        say(sent.text || sent.title ? "everywhere" : "");
      } else say("here");
    } catch {
      if (!leaving) say("here");
    }
    saving = null;
    if (again) { again = false; save(); }
  }

  function changed(event) {
    if (event.detail === "restored") return;
    keepHere(false);
    clearTimeout(waiting);
    waiting = setTimeout(save, WAIT);
  }

  async function stored() {
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      return answer.status === 200 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  async function restore() {
    const sent = sessionStorage.getItem(PREFIX + key);
    sessionStorage.removeItem(PREFIX + key);
    const wasTaken = sent !== null && sent !== box.value;
    if (wasTaken) localStorage.removeItem(PREFIX + key);
    const begun = typed();
    const kept = local(key);
    const other = await stored();
    version = other?.version ?? 0;
    if (wasTaken && other?.source === sent) return;
    if (!same(begun, typed())) return other && !same(asTyped(other), typed()) ? offer(other) : undefined;
    if (!begun.text && kept && !kept.synced) {
      write(kept);
      if (other && kept.version !== other.version && !same(asTyped(other), kept)) offer(other);
      else save();
    } else if (other && !begun.text) {
      write(asTyped(other));
      keepHere(true);
      say("everywhere");
    } else if (kept && !kept.synced && same(kept, begun)) save();
    else if (other && !same(asTyped(other), begun)) offer(other);
    else if (kept && !kept.synced && begun.text) offer({ source: kept.text, title: kept.title, version });
    else if (kept && !other && !begun.text) localStorage.removeItem(PREFIX + key);
  }

  box.addEventListener("input", changed);
  heading?.addEventListener("input", changed);
  addEventListener("pagehide", () => waiting && save());
  form?.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = 0;
    keepHere(false);
    sessionStorage.setItem(PREFIX + key, box.value);
    for (const [name, value] of [["draft", key], ["draft_version", version]]) {
      const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
      field.value = value;
    }
    leaving = true;
    saving?.abort();
    setTimeout(() => (leaving &&= !event.defaultPrevented));
  });
  form?.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    leaving = false;
    sessionStorage.removeItem(PREFIX + key);
    if (event.detail.successful) localStorage.removeItem(PREFIX + key);
  });
  tidy();
  await restore();
}
