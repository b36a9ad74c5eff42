"""A figure of matplotlib as a small SVG that a page can take apart.

Matplotlib's own SVG gives each line a style as long as a line and each clipping a name. Here a
shape is one short element, its colour an attribute that the book replaces by the page's; text stays
text, in the page's letters; units are CSS pixels.

Each axes is a group with its box, so that a page can let the panels of a figure flow. A figure of
one panel that is wider than a telephone brings a second drawing, laid out for that width.
"""

import base64
import io
import re
from contextlib import contextmanager
from html import escape

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

from coursecnn.plots._place import NARROW_WIDTH

FAMILY = "Source Sans 3, system-ui, sans-serif"
_DPI = 96  # a CSS pixel is 1/96 inch
NARROW = round(NARROW_WIDTH * _DPI)  # pixels
_TALLEST = 9  # inches that a drawing of its own may need; what it leaves is cut off
SHRINK = 1.08  # letters of 10 points still have 12 pixels
_MARGIN = 2  # pixels round a panel, for lines on its edge
_PHOTO = 64  # pixels: what has more is a photograph or a map of one, and is not drawn twice
_FINE = 1.6  # pixels of an image for one of the page's, at most
_FEW = 16  # grey levels of a drawing, which stays sharp


def svg(figure):
    """The figure as an SVG element; the same figure gives the same text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        It is as before afterwards.

    Returns
    -------
    str
        An element of the class `cc-figure`: a ground of the class `cc-paper`, a group of the class
        `cc-panel` for each axes, and perhaps a group of the class `cc-narrow`, not shown.
    """
    with _pixels(figure):
        content, box = _draw(figure)
        narrow = ""
        if box[2] > NARROW * SHRINK and _is_chart(figure):
            inside, narrow_box = _narrow(figure)
            place = " ".join(map(str, narrow_box))
            narrow = f'<g class="cc-narrow" display="none" data-box="{place}">{inside}</g>'
    x, y, width, height = box
    ground = to_hex(figure.get_facecolor())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cc-figure" '
        f'viewBox="{x} {y} {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FAMILY}" stroke-linejoin="round">'
        f'<rect class="cc-paper" x="{x}" y="{y}" width="{width}" height="{height}" '
        f'fill="{ground}"/>{content}{narrow}</svg>\n'
    )


@contextmanager
def _pixels(figure):
    """Draw in CSS pixels."""
    before = figure.dpi
    figure.dpi = _DPI
    try:
        yield
    finally:
        figure.dpi = before


def _narrow(figure):
    """The chart as it is drawn for a telephone: by its own rule, or laid out anew."""
    draw = getattr(figure.axes[0], "_coursecnn_narrow", None)
    if draw is None:
        with _width(figure, NARROW):
            return _draw(figure)
    other = Figure(figsize=(NARROW / _DPI, _TALLEST), dpi=_DPI, layout="constrained")
    draw(other.add_subplot())
    return _draw(other)


@contextmanager
def _width(figure, width):
    """Lay the figure out for another width, in pixels."""
    before = figure.get_size_inches()
    figure.set_size_inches(width / _DPI, before[1])
    try:
        yield
    finally:
        figure.set_size_inches(before)


def _is_chart(figure):
    """Whether the figure is one panel that holds no photograph."""
    images = [image for ax in figure.axes for image in ax.images]
    return len(figure.axes) == 1 and all(max(image.get_size()) <= _PHOTO for image in images)


def _draw(figure):
    """The content of a drawing, and its left, top, width and height in whole pixels."""
    figure.draw_without_rendering()
    renderer = _Renderer(*figure.bbox.size)
    named = [*figure.axes, *(t for t in figure.findobj(Text) if "\n" in t.get_text())]
    names = [artist.get_gid() for artist in named]
    for index, artist in enumerate(named):
        artist.set_gid(f"cc-{index}")
        if artist in figure.axes:
            renderer.boxes[artist.get_gid()] = _box(artist.get_tightbbox(renderer), renderer.height)
        else:
            renderer.texts[artist.get_gid()] = artist
    engine = figure.get_layout_engine()
    figure.set_layout_engine("none")  # it is laid out by now
    figure.patch.set_visible(False)  # the ground is written apart
    coarse = [i for ax in figure.axes for i in ax.images if i.get_interpolation() == "nearest"]
    for image in coarse:
        image.set_interpolation("none")  # the page makes its pixels larger
    try:
        figure.draw(renderer)
    finally:
        figure.set_layout_engine(engine)
        figure.patch.set_visible(True)
        for image in coarse:
            image.set_interpolation("nearest")
        for artist, name in zip(named, names, strict=True):
            artist.set_gid(name)
    whole = figure.get_tightbbox(renderer)
    scale = Affine2D().scale(_DPI)
    return "".join(renderer.parts), _box(whole.transformed(scale), renderer.height)


def _box(bbox, height):
    """Left, top, width and height in whole pixels, counted from above."""
    left, right = np.floor(bbox.x0) - _MARGIN, np.ceil(bbox.x1) + _MARGIN
    top, bottom = np.floor(height - bbox.y1) - _MARGIN, np.ceil(height - bbox.y0) + _MARGIN
    return int(left), int(top), int(right - left), int(bottom - top)


class _Renderer(RendererBase):
    """Writes what matplotlib draws as elements of SVG."""

    def __init__(self, width, height):
        super().__init__()
        self.width, self.height = width, height
        self.parts, self.boxes, self.texts = [], {}, {}
        self._text = None  # of several lines; of these, matplotlib hands on the letters alone
        self._last = 0, "", []
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def points_to_pixels(self, points):
        return points * _DPI / 72

    def get_canvas_width_height(self):
        return self.width, self.height

    def flipy(self):
        return True

    def option_image_nocomposite(self):
        return True  # each image stays in its panel

    def option_scale_image(self):
        return True

    def open_group(self, s, gid=None):
        if gid in self.boxes:
            box = " ".join(map(str, self.boxes[gid]))
            self.parts.append(f'<g class="cc-panel" data-box="{box}">')
        if s == "text":
            self._text = self.texts.get(gid)

    def close_group(self, s):
        if s == "axes":
            self.parts.append("</g>")

    def draw_path(self, gc, path, transform, rgbFace=None):
        trans = transform + self._flip
        self._shape(gc, _d(path, trans), path.get_extents(trans), rgbFace)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        where = (trans + self._flip).transform(path.vertices)
        where = where[np.isfinite(where).all(axis=1)]
        if not len(where):
            return
        marker = marker_trans + Affine2D().scale(1, -1)
        drawn = [_d(marker_path, marker + Affine2D().translate(*place)) for place in where]
        size = marker_path.get_extents(marker)
        low, high = where.min(0) + size.min, where.max(0) + size.max
        self._shape(gc, "".join(drawn), _Extent(*low, *high), rgbFace)

    def _shape(self, gc, d, extent, face):
        if not d:
            return
        if gc.get_hatch():
            self._clipped(f'<path d="{_hatching(extent)}"{_stroke(gc, 1)}/>', extent)
        look = _fill(face, gc) + _stroke(gc, gc.get_linewidth())
        if look == ' fill="none"':
            return
        clip = self._clip(gc)
        shape = f'<path d="{d}"{look}/>'
        if clip is not None and not _holds(clip, extent):
            self._clipped(shape, clip)
        elif not self._joined(d, look, extent):
            self.parts.append(shape)
            self._last = len(self.parts), look, [extent]

    def _joined(self, d, look, extent):
        """Whether a shape could be added to the last one: it looks the same, and lies beside it."""
        count, same, extents = self._last
        if count != len(self.parts) or same != look or any(_meet(extent, e) for e in extents):
            return False
        self.parts[-1] = self.parts[-1].replace('"', f'"{d}', 1)
        extents.append(extent)
        return True

    def _clipped(self, content, extent):
        """Show what lies in a rectangle: a nested element needs no name, unlike a clip path."""
        x, y = _number(extent.x0), _number(extent.y0)
        width, height = _number(extent.width), _number(extent.height)
        self.parts.append(
            f'<svg x="{x}" y="{y}" width="{width}" height="{height}" '
            f'viewBox="{x} {y} {width} {height}">{content}</svg>'
        )

    def _clip(self, gc):
        rectangle = gc.get_clip_rectangle()
        if rectangle is None:
            return None
        (x0, y0), (x1, y1) = self._flip.transform(rectangle.get_points())
        return _Extent(x0, min(y0, y1), x1, max(y0, y1))

    def draw_image(self, gc, x, y, im, transform=None):
        height, width = im.shape[:2]
        if transform is None:
            transform = Affine2D().scale(width, height)
        corners = (transform + Affine2D().translate(x, y) + self._flip).transform([(0, 0), (1, 1)])
        (x0, bottom), (x1, top) = corners
        if bottom > top:  # the first row lies above
            im = im[::-1]
        extent = _Extent(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))
        self._picture(gc, im, extent, sharp=width < 2 * extent.width)

    def _picture(self, gc, im, extent, *, sharp):
        """An image in its place, its pixels as squares if it is coarse."""
        place = {"x": extent.x0, "y": extent.y0, "width": extent.width, "height": extent.height}
        where = " ".join(f'{name}="{_number(value)}"' for name, value in place.items())
        look = ' style="image-rendering:pixelated"' if sharp else ""
        picture = f'<image {where} preserveAspectRatio="none"{look} href="{_data(im, extent)}"/>'
        clip = self._clip(gc)
        if clip is None or _holds(clip, extent):
            self.parts.append(picture)
        else:
            self._clipped(picture, clip)

    def draw_quad_mesh(
        self, gc, master_transform, meshWidth, meshHeight, coordinates, offsets, offsetTrans,
        facecolors, antialiased, edgecolors,
    ):  # fmt: skip
        """The colours of a colour bar, as an image of so many pixels."""
        corners = (master_transform + self._flip).transform(coordinates.reshape(-1, 2))
        corners = corners.reshape(coordinates.shape)
        (x0, y0), (x1, y1) = corners[0, 0], corners[-1, -1]
        colours = np.reshape(facecolors, (*np.subtract(coordinates.shape[:2], 1), 4))
        if abs(corners[1, 0, 0] - x0) > abs(corners[1, 0, 1] - y0):  # its rows run to the right
            colours = colours.transpose(1, 0, 2)
        if y1 < y0:
            colours = colours[::-1]
        extent = _Extent(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        self._picture(gc, np.round(255 * colours).astype(np.uint8), extent, sharp=False)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)  # as shapes
            return
        anchor, mtext = "", mtext or self._text
        if mtext is not None and (angle == 0 or mtext.get_rotation_mode() == "anchor"):
            x, y, anchor = self._anchored(mtext, x, y, angle)
        elif mtext is not None:
            x, y, anchor = self._middle(s, prop, x, y, angle)
        size = self.points_to_pixels(prop.get_size_in_points())
        turn = f' transform="rotate({_number(-angle)} {_number(x)} {_number(y)})"' if angle else ""
        weight = ' font-weight="600"' if prop.get_weight() in _BOLD else ""
        slope = ' font-style="italic"' if prop.get_style() == "italic" else ""
        self.parts.append(
            f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}"{anchor}{weight}'
            f"{slope}{turn}{_paint('fill', gc.get_rgb())}>{escape(s, quote=False)}</text>"
        )

    def _anchored(self, mtext, x, y, angle):
        """The point by which the text is held: letters of another width keep it."""
        along, down = mtext.get_transform().transform(mtext.get_unitless_position())
        down = self.height - down
        turn = np.deg2rad(angle)
        across = np.array([np.sin(turn), np.cos(turn)])
        shift = across @ [x - along, y - down]
        anchor = {"center": "middle", "right": "end"}.get(mtext.get_ha())
        return (
            along + shift * across[0],
            down + shift * across[1],
            f' text-anchor="{anchor}"' if anchor else "",
        )

    def _middle(self, s, prop, x, y, angle):
        """The middle of a text that is turned, so that shorter letters stay centred."""
        half = self.get_text_width_height_descent(s, prop, ismath=False)[0] / 2
        turn = np.deg2rad(angle)
        return x + half * np.cos(turn), y - half * np.sin(turn), ' text-anchor="middle"'


_CIRCLE = Path.unit_circle().vertices
_BOLD = ("bold", "semibold", "demibold", 600, 700)


class _Extent:
    """A rectangle in pixels, counted from above."""

    def __init__(self, x0, y0, x1, y1):
        self.x0, self.y0, self.x1, self.y1 = x0, y0, x1, y1
        self.width, self.height = x1 - x0, y1 - y0


def _meet(first, second):
    """Whether two rectangles share more than a pixel of both directions."""
    wide = min(first.x1, second.x1) - max(first.x0, second.x0)
    tall = min(first.y1, second.y1) - max(first.y0, second.y0)
    return wide > 1 and tall > 1


def _holds(outer, inner):
    """Whether one rectangle lies in another, to a pixel."""
    return (
        outer.x0 - 1 <= inner.x0
        and outer.y0 - 1 <= inner.y0
        and inner.x1 <= outer.x1 + 1
        and inner.y1 <= outer.y1 + 1
    )


def _d(path, transform):
    """The commands of a path, in tenths of a pixel; what does not move is left out."""
    if transform.is_affine and (radius := _radius(path)):
        matrix = transform.get_matrix()
        if matrix[0, 1] == matrix[1, 0] == 0:
            across, down = radius * np.abs(matrix.diagonal()[:2])
            return _ellipse(*matrix[:2, 2], across, down)
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
    parts, last = [], None
    for points, code in path.iter_segments(transform, simplify=None, remove_nans=True):
        if code == Path.CLOSEPOLY:
            parts.append("Z")
            last = None
            continue
        written = " ".join(_number(value) for value in points)
        if code != Path.MOVETO and written == last:
            continue
        parts.append(letters[code] + written)
        last = written if code in (Path.MOVETO, Path.LINETO) else None
    return "".join(parts) if len(parts) > 1 else ""


def _radius(path):
    """The radius of a path that is a circle around (0, 0), as dots are, else 0."""
    if path.vertices.shape != _CIRCLE.shape:
        return 0
    radius = path.vertices.max()
    return radius if np.allclose(path.vertices, radius * _CIRCLE) else 0


def _ellipse(x, y, across, down):
    """Two arcs in place of eight curves, which are five times as long."""
    left, middle, width = _number(x - across), _number(y), _number(2 * across, 2)
    radii = f"a{_number(across, 2)} {_number(down, 2)} 0 1 0 "
    return f"M{left} {middle}{radii}{width} 0{radii}-{width} 0Z"


def _hatching(extent, step=6):
    """Lines from below left to above right all over a rectangle."""
    reach = extent.height
    starts = np.arange(extent.x0 - reach, extent.x1, step)
    low, rise = _number(extent.y1), _number(reach)
    return "".join(f"M{_number(start)} {low}l{rise} -{rise}" for start in starts)


def _fill(face, gc):
    if face is None or (len(face) > 3 and face[3] == 0):
        return ' fill="none"'
    alpha = gc.get_alpha() if gc.get_forced_alpha() else face[3] if len(face) > 3 else 1
    return _paint("fill", (*face[:3], alpha))


def _stroke(gc, width):
    colour = gc.get_rgb()
    if width == 0 or (len(colour) > 3 and colour[3] == 0):
        return ""
    look = _paint("stroke", colour)
    if width != 1:
        look += f' stroke-width="{_number(width)}"'
    offset, dashes = gc.get_dashes()
    if dashes is not None:
        look += f' stroke-dasharray="{" ".join(_number(dash) for dash in dashes)}"'
        if offset:
            look += f' stroke-dashoffset="{_number(offset)}"'
    if gc.get_capstyle() == "round":
        look += ' stroke-linecap="round"'
    return look


def _paint(what, rgba):
    """A colour, and how much of it."""
    alpha = rgba[3] if len(rgba) > 3 else 1
    share = "" if alpha == 1 else f' {what}-opacity="{_number(alpha, 2)}"'
    return f' {what}="{to_hex(rgba[:3])}"{share}'


def _number(value, digits=1):
    """A number as short as it can be written."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else re.sub(r"^(-?)0\.", r"\1.", text)


def _data(im, extent):
    """An image as the address of its data, not much finer than the page can show it.

    A small image is exact. Of a larger one a map keeps as many colours as maps have, and a
    photograph becomes JPEG.
    """
    picture = Image.fromarray(np.ascontiguousarray(im))
    colours = len(picture.getcolors(256) or range(257))
    if (im[..., 3] == 255).all():
        is_grey = (im[..., 0] == im[..., 1]).all() and (im[..., 0] == im[..., 2]).all()
        picture = picture.convert("L" if is_grey else "RGB")
    if max(picture.size) <= _PHOTO:
        return _encoded(picture, "png", optimize=True)
    finest = int(np.ceil(_FINE * extent.width)), int(np.ceil(_FINE * extent.height))
    size = min(picture.width, finest[0]), min(picture.height, finest[1])
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.BOX)
    if picture.mode == "RGB" and colours <= 256:
        picture = picture.quantize(256, dither=Image.Dither.NONE)
    elif picture.mode != "RGBA" and colours > _FEW:
        return _encoded(picture, "jpeg", quality=85)
    return _encoded(picture, "png", optimize=True)


def _encoded(picture, kind, **options):
    """The bytes of a file, in the letters that an address may hold."""
    stream = io.BytesIO()
    picture.save(stream, format=kind, **options)
    return f"data:image/{kind};base64,{base64.b64encode(stream.getvalue()).decode()}"
