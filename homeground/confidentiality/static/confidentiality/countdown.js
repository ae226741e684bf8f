// The time that is left of an emergency access, each half minute; the server's words stand without it.
for (const left of document.querySelectorAll("[data-until]")) {
  const words = left.textContent;
  const tell = () => {
    const minutes = Math.ceil((new Date(left.dataset.until) - Date.now()) / 60_000);
    if (minutes > 24 * 60) return; // a house with a clock of its own
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    const time = [hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(" ");
    left.textContent = minutes > 0 ? words.replace(/(\d+ h)?( ?\d+ min)?/, time) : left.dataset.over;
  };
  setInterval(tell, 30_000);
}
