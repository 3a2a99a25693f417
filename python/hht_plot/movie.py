"""f(x, v) in time, one frame a snapshot: an animated GIF, or mp4 where only ffmpeg is there."""
import importlib.util

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import animation

from .data import Missing, snapshots
from .phase import deviation, draw, is_weak

FRAMES_PER_SECOND = 10


def plot(folder, options):
    frames = [snapshot for snapshot in snapshots(folder) if "f" in snapshot.planes]
    if len(frames) < 2:
        raise Missing("a movie needs two snapshots with f (output_snapshot_interval)")
    writer, suffix = choose_writer()
    figure, film = make_film(frames)
    if options.show:
        figure.film = film  # it stops when nobody refers to it
        return [("movie", figure)]
    path = options.out / f"movie{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    film.save(path, writer=writer, dpi=120)
    plt.close(figure)
    print(f"  {path}")
    return []


def make_film(frames):
    """One scale of colours for all frames."""
    weak = all(is_weak(frame["f"]) for frame in frames)
    shown = deviation if weak else lambda field: field.values
    top = max(np.max(shown(frame["f"])) for frame in frames)

    figure, axes = plt.subplots(figsize=(6, 4.5))
    image = draw(axes, frames[0]["f"], "f", weak)
    image.set_clim(-top if weak else 0, top)
    title = axes.get_title()

    def show(frame):
        image.set_array(shown(frame["f"]).T)
        axes.set_title(f"{title} at $t = {frame.time:g}$")
        return [image]

    return figure, animation.FuncAnimation(figure, show, frames=frames)


def choose_writer():
    if importlib.util.find_spec("PIL"):
        return animation.PillowWriter(fps=FRAMES_PER_SECOND), ".gif"
    if animation.FFMpegWriter.isAvailable():
        return animation.FFMpegWriter(fps=FRAMES_PER_SECOND), ".mp4"
    raise Missing("a movie needs Pillow (python3-pil) or ffmpeg")
