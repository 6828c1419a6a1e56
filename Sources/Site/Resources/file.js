// Puts the text of a chosen file into the form. The file itself is not sent, and the page works without: text can be pasted.

const chooser = document.querySelector("[data-file]");
const text = document.querySelector("[data-file-text]");
if (chooser && text) {
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (file && file.size <= 12_000) text.value = await file.text();
  });
}
