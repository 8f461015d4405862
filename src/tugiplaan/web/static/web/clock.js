// The clock of an isolation: counts down by the server's moment, warns in time, says when it is over.
(() => {
  "use strict";
  const title = document.title;
  const told = (minutes) => {
    const whole = Math.floor(Math.abs(minutes));
    const hours = Math.floor(whole / 60);
    return (hours ? `${hours} h ` : "") + `${whole % 60} min`;
  };
  const tick = () => {
    let loud = "";
    for (const clock of document.querySelectorAll("[data-clock]")) {
      // The clock of this device may be wrong: only how long the page has been open is taken from it.
      const now = Date.parse(clock.dataset.now) + performance.now();
      const until = Date.parse(clock.dataset.until);
      const isLate = now > until, isAlarming = now >= Date.parse(clock.dataset.alarm);
      const left = (until - now) / 60000;
      clock.querySelector("[data-clock-time]").textContent = `${isLate ? clock.dataset.wordOver : clock.dataset.wordLeft} ${told(left)}`;
      clock.classList.toggle("look", isAlarming && !isLate);
      clock.classList.toggle("stop", isLate);
      const alarm = clock.querySelector("[data-clock-alarm]");
      const words = isLate ? clock.dataset.wordLate : isAlarming ? clock.dataset.wordAlarm : "";
      alarm.hidden = !words;
      if (words && alarm.textContent !== words) {
        alarm.textContent = words;
        navigator.vibrate?.([300, 150, 300]);
      }
      if (words) loud = words;
    }
    document.title = loud ? `⚠ ${loud}` : title;
  };
  tick();
  setInterval(tick, 1000);
})();
