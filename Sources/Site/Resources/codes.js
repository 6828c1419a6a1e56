// A file of codes is read here and put into the field above it, so that it is sent, counted and checked like codes that
// were pasted. Without this script the field alone does.

for (const form of document.querySelectorAll("[data-codes]")) {
  const label = form.querySelector("[data-file]");
  const file = label.querySelector("input");
  const field = form.querySelector("textarea");
  label.hidden = false;
  file.addEventListener("change", async () => {
    if (file.files.length === 0) return;
    const text = await file.files[0].text();
    const before = field.value.trimEnd();
    field.value = before ? before + "\n" + text : text;
    file.value = "";
    field.focus();
  });
}
