"""The window itself: display, settings, sound, keys, the stage that screens stand on."""
