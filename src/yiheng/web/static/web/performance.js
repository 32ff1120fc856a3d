// What-if: a slider and its number field say the same. The form itself asks for the new score (htmx, on input).
"use strict";
document.addEventListener("input", (event) => {
  const moved = event.target;
  if (moved.dataset.moves) {
    document.getElementById(moved.dataset.moves).value = moved.value;
  } else if (moved.type === "number") {
    const slider = document.querySelector(`[data-moves="${moved.id}"]`);
    if (slider) slider.value = moved.value;
  }
}, true);
