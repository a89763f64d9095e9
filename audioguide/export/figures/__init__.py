"""Line figures of the exercises: bodies posed by joint angles, drawn as SVG and PNG; and a protocol's own pictures."""
