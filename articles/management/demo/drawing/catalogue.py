"""Every drawing by name: which scene, in which inks."""

from functools import partial

from . import palettes as inks
from .canvas import Canvas
from .scenes import (
    books,
    charts,
    laboratory,
    land,
    making,
    nature,
    rail,
    sea,
    shore,
    sport,
    stage,
    town,
    trade,
    upland,
)
from .scenes.faces import Face, portrait

PORTRAIT_SIZE = 900

DRAWINGS = {
    "sea-wall": (sea.wall, inks.HARBOUR),
    "wall-map": (charts.contours, inks.HARBOUR),
    "strait-ferry": (sea.ferry, inks.LAGOON),
    "island-lights": (sea.island_lights, inks.NIGHT),
    "fog-harbour": (shore.fog, inks.SLATE),
    "shuttered-seafront": (shore.seafront, inks.SLATE),
    "old-port-arches": (shore.window_arches, inks.SAND),
    "tide-january": (partial(shore.tide, level=0.78, weather="storm"), inks.SLATE),
    "tide-february": (partial(shore.tide, level=0.3, weather="cloud", ice=True), inks.ICE),
    "tide-april": (partial(shore.tide, level=0.42, weather="rain"), inks.LAGOON),
    "tide-june": (partial(shore.tide, level=0.22), inks.CITRUS),
    "tide-august": (partial(shore.tide, level=0.35), inks.SAND),
    "tide-september": (partial(shore.tide, level=1.15, weather="storm"), inks.HARBOUR),
    "tide-november": (partial(shore.tide, level=0.6, weather="cloud"), inks.PLUM),
    "tide-gauge": (partial(shore.tide, level=0.5), inks.ROSE),
    "salt-road": (land.salt_road, inks.SAND),
    "mountain-post": (land.post_path, inks.ICE),
    "field-fence": (land.fence, inks.MEADOW),
    "wind-village": (land.wind, inks.MEADOW),
    "peat-bog": (upland.bog, inks.OLIVE),
    "hollen-glacier": (upland.glacier, inks.ICE),
    "beaver-dam": (upland.beaver_dam, inks.MEADOW),
    "oramund-clock": (town.clock_tower, inks.PLUM),
    "terraces": (town.terraces, inks.ROSE),
    "assembly-night": (town.assembly, inks.NIGHT),
    "assembly-chamber": (town.chamber, inks.OLIVE),
    "school-shade": (town.courtyard, inks.SAND),
    "polling-queue": (town.queue, inks.SLATE),
    "pigeons": (nature.pigeons, inks.DUSK),
    "night-train": (rail.night_train, inks.NIGHT),
    "tollan-bridge": (rail.bridge, inks.DUSK),
    "port-cranes": (rail.cranes, inks.DUSK),
    "slag-train": (rail.slag_train, inks.EMBER),
    "steelworks": (rail.works, inks.DUSK),
    "furnace-four": (making.furnace, inks.EMBER),
    "battery-plant": (making.battery, inks.SLATE),
    "bakery-oven": (making.oven, inks.EMBER),
    "loaf-price": (making.loaf_price, inks.CITRUS),
    "kitchen-soup": (making.soup, inks.EMBER),
    "flower-market": (trade.flowers, inks.ROSE),
    "budget-scales": (trade.scales, inks.CITRUS),
    "lost-keys": (trade.keys, inks.CITRUS),
    "embassy-piano": (stage.piano, inks.ROSE),
    "bus-depot-orchestra": (stage.orchestra, inks.DUSK),
    "fiddle": (stage.fiddle, inks.OLIVE),
    "boat-shed-cinema": (stage.cinema, inks.PLUM),
    "night-library": (books.shelves, inks.NIGHT),
    "book-stack": (books.book_stack, inks.ROSE),
    "chess-tide": (books.chess, inks.LAGOON),
    "carrow-observatory": (nature.observatory, inks.NIGHT),
    "sleep-lab": (nature.bedroom, inks.PLUM),
    "swift-tower": (nature.swifts, inks.CITRUS),
    "well-water": (laboratory.glassware, inks.ICE),
    "chalkboard": (laboratory.chalkboard, inks.MEADOW),
    "lichen-wall": (laboratory.lichen, inks.OLIVE),
    "eels": (nature.eels, inks.LAGOON),
    "eel-map": (partial(charts.contours, route="eel"), inks.LAGOON),
    "stadium-night": (sport.stadium, inks.NIGHT),
    "runner-rain": (sport.runner, inks.HARBOUR),
    "pitch-by-sea": (sport.pitch, inks.MEADOW),
    "fell-race": (sport.fell, inks.DUSK),
    "rowing-eight": (sport.rowing, inks.LAGOON),
}

PORTRAITS = {
    "mairi-caldwell": Face("#f0c9a8", "#a8482a", "bob", "#2f5a6b", "#e9b44c"),
    "tobias-renn": Face("#e8b894", "#4a3a34", "side", "#38203b", "#c3d3cf", glasses=True),
    "oluchi-banner": Face("#7a4a32", "#1d1820", "bun", "#c8472b", "#f0c060", earrings=True),
    "henrik-aasen": Face("#f3d2b6", "#d8b25c", "crop", "#24386b", "#8fbccb", beard=True),
    "leila-haddad": Face("#c98f66", "#231c2b", "long", "#3d7a7a", "#f0c3b5", earrings=True),
    "samuel-prior": Face("#5c3826", "#17141c", "crop", "#dd6a36", "#cfd8a4", glasses=True, beard=True),
    "kit-donnelly": Face("#efc4a4", "#7b4a2a", "curls", "#3d6b57", "#f7d98a"),
    "rosa-imrie": Face("#d9a47c", "#5a5560", "bob", "#7b2a2a", "#cdb6cf", glasses=True),
    "desmond-vane": Face("#ecc4a6", "#d9d4cc", "bald", "#4d5a66", "#eda98a", beard=True),
}


def draw(name):
    """JPEG bytes of a drawing or a portrait; KeyError for a name that is in neither list."""
    if name in PORTRAITS:
        canvas = Canvas(name, 1000, 1000, (PORTRAIT_SIZE, PORTRAIT_SIZE))
        portrait(canvas, PORTRAITS[name])
    else:
        scene, palette = DRAWINGS[name]
        canvas = Canvas(name)
        scene(canvas, palette)
    return canvas.jpeg()
